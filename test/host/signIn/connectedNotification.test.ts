import { deepEqual, equal, match } from "node:assert/strict";
import { commands, ExtensionKind, env, window, workspace } from "vscode";
import type { KeyInfo } from "../../../src/openrouter/keyInfo";
import type { KeyTerms } from "../../../src/openrouter/keyTerms";
import { ChatOffer } from "../../../src/vscode/chatOffer";
import { ConnectedNotification } from "../../../src/vscode/signIn/connectedNotification";
import { noLog } from "../../fakes/editor";
import { session as sessionWith } from "../../fakes/windows";

const session = sessionWith("a");
const chat = "Open Chat";
const warnings: Record<string, () => Promise<KeyInfo>> = {
  "isn't what was requested": async () => ({ limit: 50 }) as KeyInfo,
  "couldn't be checked": async () => Promise.reject(new Error("offline")),
};

/** The buttons that the message always has. */
const always = ["Set Up a Tool…", "Show Credits"];

describe("After connecting", () => {
  const { showInformationMessage, showWarningMessage } = window;
  const { executeCommand, getCommands } = commands;
  const { getConfiguration } = workspace;
  const { openExternal } = env;
  const remoteName = Object.getOwnPropertyDescriptor(env, "remoteName") ?? {};
  /** Each message with its buttons. */
  let shown: [message: string, ...buttons: string[]][];
  /** The buttons that the user chooses, one for each message. */
  let answers: string[];
  /** What was opened or run. */
  let did: unknown[];
  let existing: string[];
  let settings: Record<string, unknown>;
  let extensionKind: ExtensionKind;
  let version: string;
  let isWanted: boolean;

  beforeEach(() => {
    shown = [];
    answers = [];
    did = [];
    existing = ["workbench.action.chat.open", "lm.addLanguageModelsProviderGroup"];
    settings = {};
    extensionKind = ExtensionKind.UI;
    version = "1.122.0";
    isWanted = false;
    const message = async (...texts: [string, ...string[]]) => {
      shown.push(texts);
      return answers.shift();
    };
    Object.assign(window, { showInformationMessage: message, showWarningMessage: message });
    Object.assign(commands, {
      getCommands: async () => existing,
      executeCommand: async (id: string) => void did.push(id),
    });
    Object.assign(workspace, {
      getConfiguration: (section?: string) => ({
        get: (name: string) => settings[section ? `${section}.${name}` : name],
      }),
    });
    Object.assign(env, { openExternal: async () => did.push("page") > 0 });
    Object.defineProperty(env, "remoteName", { configurable: true, value: undefined });
  });
  afterEach(() => {
    Object.assign(window, { showInformationMessage, showWarningMessage });
    Object.assign(commands, { executeCommand, getCommands });
    Object.assign(workspace, { getConfiguration });
    Object.assign(env, { openExternal });
    Object.defineProperty(env, "remoteName", remoteName);
  });

  /** Shows the notification for a key that was requested with a limit of 5. */
  async function connected(
    ask: () => Promise<KeyInfo> = async () => ({ limit: 5 }) as KeyInfo,
    options: { forChat?: boolean } = {},
  ) {
    const requestedTerms: KeyTerms = { limit: "5" };
    const offer = new ChatOffer(
      { extensionKind },
      {
        get isWanted() {
          return isWanted;
        },
      },
      version,
    );
    await new ConnectedNotification(ask, offer, noLog).show({ session, requestedTerms }, options);
  }

  it("one message tells the limit, and has the chat and the credits as next steps", async () => {
    for (const [button, command] of [
      [chat, "connectOpenRouter.chatWithModels"],
      ["Set Up a Tool…", "connectOpenRouter.setUpTool"],
      ["Show Credits", "connectOpenRouter.showCredits"],
    ] as const) {
      shown = [];
      answers = [button];
      await connected();
      deepEqual(shown, [["Connected to OpenRouter. Credit limit: $5.00 total.", chat, ...always]]);
      equal(did.at(-1), command);
    }
  });

  for (const [what, ask] of Object.entries(warnings)) {
    it(`of a key whose limit ${what}, the chat is offered once the user has decided about it`, async () => {
      for (const decision of ["Keep", "Change on OpenRouter"]) {
        shown = [];
        did = [];
        answers = [decision, chat];
        await connected(ask);
        const [[warning, ...buttons] = [""], ...offers] = shown;
        match(warning, /^Connected to OpenRouter, but the key/);
        deepEqual(buttons, ["Change on OpenRouter", "Keep"]);
        deepEqual(offers, [["You can now use OpenRouter's models in VS Code's chat.", chat]]);
        const page = decision === "Keep" ? [] : ["page"];
        deepEqual(did, [...page, "connectOpenRouter.chatWithModels"]);
      }
    });
  }

  it("the chat isn't offered, and nothing stays over it, where it's set up next", async () => {
    await connected(undefined, { forChat: true });
    deepEqual(shown, [["Connected to OpenRouter. Credit limit: $5.00 total."]]);
    answers = ["Keep"];
    await connected(warnings["couldn't be checked"], { forChat: true });
    equal(shown.length, 2);
  });

  it("the chat isn't offered to who has set it up before", async () => {
    isWanted = true;
    await connected();
    deepEqual(shown[0]?.slice(1), always);
  });

  it("after a warning, the chat isn't offered if it was dismissed, or the chat was set up before", async () => {
    await connected(warnings["couldn't be checked"]);
    equal(shown.length, 1);
    isWanted = true;
    answers = ["Keep"];
    await connected(warnings["couldn't be checked"]);
    equal(shown.length, 2);
  });

  const unable: Record<string, () => void> = {
    "it's on another machine": () =>
      Object.defineProperty(env, "remoteName", { configurable: true, value: "ssh-remote" }),
    "AI features are turned off": () => Object.assign(settings, { "chat.disableAIFeatures": true }),
    "the models aren't offered to it": () =>
      Object.assign(settings, { "connectOpenRouter.offerModels": false }),
    "it needs a GitHub account": () => {
      version = "1.121.0";
    },
    "there is none": () => existing.shift(),
    "it takes no other providers": () => existing.pop(),
  };
  for (const [where, arrange] of Object.entries(unable)) {
    it(`the chat isn't offered where ${where}`, async () => {
      arrange();
      await connected();
      deepEqual(shown[0]?.slice(1), always);
      answers = ["Keep"];
      await connected(warnings["couldn't be checked"]);
      equal(shown.length, 2);
    });
  }
});
