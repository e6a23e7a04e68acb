import { deepEqual, equal, match } from "node:assert/strict";
import { commands, env, window } from "vscode";
import type { KeyInfo } from "../../../src/openrouter/keyInfo";
import type { KeyTerms } from "../../../src/openrouter/keyTerms";
import { ConnectedNotification } from "../../../src/vscode/signIn/connectedNotification";
import { noLog } from "../../fakes/editor";
import { session as sessionWith } from "../../fakes/windows";

const session = sessionWith("a");
const walkthrough = {
  category: "connect-openrouter.connect-openrouter#gettingStarted",
  step: "chat",
};
const warnings: Record<string, () => Promise<KeyInfo>> = {
  "isn't what was requested": async () => ({ limit: 50 }) as KeyInfo,
  "couldn't be checked": async () => Promise.reject(new Error("offline")),
};

describe("After connecting", () => {
  const { showInformationMessage, showWarningMessage, setStatusBarMessage } = window;
  const { executeCommand, getCommands } = commands;
  const { openExternal } = env;
  /** Each message with its buttons. */
  let shown: [message: string, ...buttons: string[]][];
  /** The buttons that the user chooses, one for each message. */
  let answers: string[];
  /** What was opened or run. */
  let did: unknown[];
  let existing: string[];
  let status: string[];

  beforeEach(() => {
    [shown, answers, did, status] = [[], [], [], []];
    existing = ["workbench.action.openWalkthrough"];
    const message = async (...texts: [string, ...string[]]) => {
      shown.push(texts);
      return answers.shift();
    };
    Object.assign(window, {
      showInformationMessage: message,
      showWarningMessage: message,
      setStatusBarMessage: (text: string) => void status.push(text),
    });
    Object.assign(commands, {
      getCommands: async () => existing,
      executeCommand: async (...call: unknown[]) => void did.push(call),
    });
    Object.assign(env, { openExternal: async () => did.push("page") > 0 });
  });
  afterEach(() => {
    Object.assign(window, { showInformationMessage, showWarningMessage, setStatusBarMessage });
    Object.assign(commands, { executeCommand, getCommands });
    Object.assign(env, { openExternal });
  });

  /** Shows the notification for a key that was requested with a limit of 5, unless with other terms. */
  async function connected(
    ask: () => Promise<KeyInfo> = async () => ({ limit: 5 }) as KeyInfo,
    { forChat, ...requestedTerms }: KeyTerms & { forChat?: boolean } = { limit: "5" },
  ) {
    const options = forChat === undefined ? {} : { forChat };
    await new ConnectedNotification(ask, noLog).show({ session, requestedTerms }, options);
  }

  it("one message tells the limit, and has one button, which opens the walkthrough where the key is used", async () => {
    answers = ["What Next?"];
    await connected();
    deepEqual(shown, [["Connected to OpenRouter. Credit limit: $5.00 total.", "What Next?"]]);
    deepEqual(did, [["workbench.action.openWalkthrough", walkthrough]]);
  });

  it("nothing opens where the message is dismissed", async () => {
    await connected();
    deepEqual(did, []);
  });

  it("in an editor without walkthroughs, the button opens the list of tools", async () => {
    existing = [];
    answers = ["What Next?"];
    await connected();
    deepEqual(did, [["connectOpenRouter.setUpTool"]]);
  });

  for (const [what, requested, granted, text] of [
    ["lower", { limit: "10" }, { limit: 5 }, "$5.00"],
    ["zero", { limit: "10" }, { limit: 0 }, "$0.00"],
    [
      "lower, and resets",
      { limit: "10", usageLimitType: "monthly" },
      { limit: 5, limitReset: "monthly" },
      "$5.00 a month",
    ],
    ["set where none was requested", {}, { limit: 5 }, "$5.00"],
  ] as [string, KeyTerms, Partial<KeyInfo>, string][]) {
    it(`a limit that is ${what} was set by the user on OpenRouter's page: no warning`, async () => {
      await connected(async () => granted as KeyInfo, requested);
      deepEqual(shown, [
        [`Connected to OpenRouter. Credit limit: ${text}, as you set it on OpenRouter's page.`, "What Next?"],
      ]);
    });
  }

  for (const [what, requested, granted] of [
    ["higher", { limit: "10" }, { limit: 10.01 }],
    ["gone", { limit: "10" }, { limit: null }],
    ["lower, but doesn't reset", { limit: "10", usageLimitType: "monthly" }, { limit: 5 }],
    [
      "lower, but never expires",
      { limit: "10", expiresAt: "2099-01-01T00:00:00Z" },
      { limit: 5, expiresAt: null },
    ],
  ] as [string, KeyTerms, Partial<KeyInfo>][]) {
    it(`a limit that is ${what} is a warning`, async () => {
      await connected(async () => granted as KeyInfo, requested);
      match(shown[0]?.[0] ?? "", /^Connected to OpenRouter, but the key isn't what you requested\./);
      deepEqual(shown[0]?.slice(1), ["Change on OpenRouter", "Keep"]);
    });
  }

  for (const [what, ask] of Object.entries(warnings)) {
    it(`of a key whose limit ${what}, What Next? follows once the user has decided about it`, async () => {
      for (const decision of ["Keep", "Change on OpenRouter"]) {
        [shown, did] = [[], []];
        answers = [decision, "What Next?"];
        await connected(ask);
        const [[warning, ...buttons] = [""], ...others] = shown;
        match(warning, /^Connected to OpenRouter, but the key/);
        deepEqual(buttons, ["Change on OpenRouter", "Keep"]);
        deepEqual(others, [["You're connected to OpenRouter.", "What Next?"]]);
        const page = decision === "Keep" ? [] : ["page"];
        deepEqual(did, [...page, ["workbench.action.openWalkthrough", walkthrough]]);
      }
    });
  }

  it("nothing follows a warning that was dismissed", async () => {
    await connected(warnings["couldn't be checked"]);
    equal(shown.length, 1);
  });

  it("nothing stays over the chat, where that is next", async () => {
    await connected(undefined, { limit: "5", forChat: true });
    deepEqual([shown, status], [[], ["Connected to OpenRouter. Credit limit: $5.00 total."]]);
    answers = ["Keep"];
    await connected(warnings["couldn't be checked"], { limit: "5", forChat: true });
    equal(shown.length, 1);
  });
});
