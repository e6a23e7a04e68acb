import { deepEqual, equal, match, rejects } from "node:assert/strict";
import {
  commands,
  EventEmitter,
  env,
  extensions,
  type MessageItem,
  type MessageOptions,
  Uri,
  window,
  workspace,
} from "vscode";
import type { ToolExtension } from "../../../src/tools/toolExtensions";
import { toolKeyPage } from "../../../src/tools/toolKeyRequest";
import { type OwnKeySettings, SettingError } from "../../../src/vscode/settings";
import { giveOwnKey } from "../../../src/vscode/tools/ownKey";
import { noLog, recordLog } from "../../fakes/editor";
import { readSlowly } from "../../fakes/slowReader";

const cline: ToolExtension = {
  id: "saoudrizwan.claude-dev",
  name: "Cline",
  callbackPath: "/openrouter",
  view: "known.view",
  usesBaseUrl: false,
  alsoUsesModels: true,
};

/** The manifest of an extension with this view. */
const withView = (id: string) => ({ contributes: { views: { container: [{ type: "webview", id }] } } });

describe("A key of an extension's own", () => {
  const { showInformationMessage, showWarningMessage, showErrorMessage } = window;
  const { createInputBox, createQuickPick } = window;
  const { executeCommand, getCommands } = commands;
  const { openExternal, asExternalUri, clipboard } = env;
  const { getExtension } = extensions;
  let settings: OwnKeySettings;
  let installed: { id: string; packageJSON: unknown } | undefined;
  /** The ids of all commands. */
  let existing: string[];
  /** What fails. */
  let failing: Set<string>;
  /** How VS Code's callback URLs begin. */
  let callbackUrl: string;
  /** What the user enters; undefined closes the box or the list. */
  let limit: string | undefined;
  /** The row that the user chooses, or `proposed`, the one that is selected. */
  let reset: string | undefined;
  /** The buttons that the user presses, in dialogs and notifications. */
  let buttons: (string | undefined)[];
  let isDeclined: boolean;
  let boxes: unknown[];
  let validation: unknown;
  /** The messages, with "modal" where they were dialogs, and what those said below their question. */
  let shown: string[];
  let details: string[];
  /** What VS Code did, in this order. */
  let did: string[];
  let lines: string[];
  let endReading: () => void;

  beforeEach(() => {
    settings = {
      baseUrl: "https://openrouter.ai",
      requestedTerms: { keyLabel: "Mine" },
      limitReset: "never",
    };
    installed = { id: "saoudrizwan.claude-dev", packageJSON: withView("its.view") };
    [existing, failing] = [["its.view.focus", "known.view.focus"], new Set()];
    callbackUrl = "vscode://saoudrizwan.claude-dev/openrouter?n=";
    [limit, reset, buttons, isDeclined] = ["5", "proposed", ["Open OpenRouter's Page"], false];
    [boxes, shown, details, did, validation] = [[], [], [], [], undefined];
    endReading = readSlowly();
    const message = async (text: string, ...rest: (MessageOptions | MessageItem | string)[]) => {
      const [options] = rest;
      const isModal = typeof options === "object" && "modal" in options && options.modal;
      if (typeof options === "object" && "detail" in options) details.push(options.detail ?? "");
      shown.push(isModal ? `modal ${text}` : text);
      const pressed = buttons.shift();
      const item = rest.find(
        (one) => (typeof one === "object" && "title" in one ? one.title : one) === pressed,
      );
      if (pressed !== undefined && !item) throw new Error(`No button ${pressed}`);
      return item;
    };
    Object.assign(window, {
      showInformationMessage: message,
      showWarningMessage: message,
      showErrorMessage: message,
      createInputBox: () => fakeBox(),
      createQuickPick: () => fakePick(),
    });
    Object.assign(extensions, { getExtension: () => installed });
    Object.assign(commands, {
      getCommands: async () => existing,
      executeCommand: async (...call: unknown[]) => {
        did.push(call.join(" "));
        if (failing.has(String(call[0]))) throw new Error("no such view");
      },
    });
    let callbacks = 0;
    Object.assign(env, {
      asExternalUri: async (uri: Uri) => {
        did.push(uri.toString(true).replace(env.uriScheme, "scheme"));
        if (failing.has("callback")) throw new Error("no server");
        return Uri.parse(callbackUrl + callbacks++);
      },
      openExternal: async (url: string) => {
        did.push(url);
        if (failing.has("browser")) throw new Error("no browser");
        return !isDeclined;
      },
    });
  });
  afterEach(async () => {
    endReading();
    Object.assign(window, { showInformationMessage, showWarningMessage, showErrorMessage });
    Object.assign(window, { createInputBox, createQuickPick });
    Object.assign(commands, { executeCommand, getCommands });
    Object.assign(env, { openExternal, asExternalUri });
    Object.assign(extensions, { getExtension });
    await clipboard.writeText("");
  });

  /** What is in common to a box and a list: the user answers as soon as it's shown. */
  function fakeInput(answer: (input: ReturnType<typeof events>) => boolean) {
    const input = events();
    return Object.assign(input, {
      value: "",
      show() {
        const { title, value, prompt, placeholder } = input as unknown as Record<string, string>;
        boxes.push({ title, value, ...(prompt && { prompt }), ...(placeholder && { placeholder }) });
        if (answer(input)) input.accept.fire();
        input.hidden.fire(); // where it wasn't accepted, the user gives up
      },
    });
  }
  function events() {
    const [accept, hidden, changed] = [
      new EventEmitter<void>(),
      new EventEmitter<void>(),
      new EventEmitter<string>(),
    ];
    return {
      ...{ accept, hidden, changed },
      ...{ onDidAccept: accept.event, onDidHide: hidden.event, onDidChangeValue: changed.event },
      onDidTriggerButton() {},
      hide: () => hidden.fire(),
      dispose() {},
    };
  }
  const fakeBox = () => {
    const box = fakeInput(() => {
      if (limit === undefined) return false;
      Object.assign(box, { value: limit });
      box.changed.fire(limit);
      validation = (box as { validationMessage?: unknown }).validationMessage;
      return true;
    });
    return box;
  };
  const fakePick = () => {
    const pick = fakeInput((list) => {
      const { items, activeItems } = list as unknown as Record<string, { label: string }[]>;
      const chosen = reset === "proposed" ? activeItems : items?.filter(({ label }) => label === reset);
      Object.assign(list, { activeItems: chosen });
      return reset !== undefined;
    });
    return pick;
  };

  async function give(tool = cline) {
    const { log, lines: own } = recordLog();
    lines = own;
    await giveOwnKey(tool, {
      ...{ page: toolKeyPage, log, settings: () => settings },
      pageOpened: () => did.push("opened"),
    });
  }
  const opened = () => did.filter((what) => what.startsWith("https://openrouter.ai/auth?"));
  const requested = () => opened().map((url) => Object.fromEntries(new URL(url).searchParams));
  const next =
    "Authorize on OpenRouter's page. Cline then shows OpenRouter as its provider. If it doesn't, or you denied access, try again.";

  it("is requested after one dialog, with the extension's view open, and its name as the label", async () => {
    await give();
    deepEqual(requested(), [
      { callback_url: "vscode://saoudrizwan.claude-dev/openrouter?n=0", limit: "5", key_label: "Cline" },
    ]);
    deepEqual(did.slice(0, 2), ["scheme://saoudrizwan.claude-dev/openrouter", "its.view.focus"]);
    deepEqual([did.length, did[3]], [4, "opened"]);
    deepEqual(shown, ["modal Create a separate API key for Cline?", next]);
    equal(
      details[0],
      "On OpenRouter's page, authorize a key named Cline: $5.00 total.\n\nCline gets the key from OpenRouter and keeps it. Connect OpenRouter never sees it, and Disconnect doesn't remove it. You can revoke it at openrouter.ai/keys.",
    );
    deepEqual(lines, []);
  });

  it("has the terms of the settings as the proposal, which Enter takes", async () => {
    const expiresAt = "2999-12-31T23:59:59Z";
    settings = {
      ...settings,
      requestedTerms: { limit: "12.5", usageLimitType: "monthly", expiresAt, keyLabel: "Mine" },
      limitReset: "monthly",
    };
    limit = "12.5";
    await give();
    deepEqual(boxes, [
      {
        title: "API Key for Cline",
        value: "12.5",
        prompt: "The most the key may spend, in USD. Leave it empty for no limit.",
        placeholder: "No limit",
      },
      { title: "API Key for Cline", value: "", placeholder: "How often the limit resets" },
    ]);
    const [{ callback_url: _, ...terms } = {}] = requested();
    deepEqual(terms, {
      limit: "12.5",
      key_label: "Cline",
      usage_limit_type: "monthly",
      expires_at: "2999-12-31T23:59:59.000Z",
    });
    match(details[0] ?? "", /named Cline: \$12\.50 a month, expires /);
  });

  it("has another limit and another reset, where the user enters those", async () => {
    settings = { ...settings, requestedTerms: { limit: "12.5" }, limitReset: "monthly" };
    [limit, reset] = ["0,50", "Daily"];
    await give();
    const [terms] = requested();
    deepEqual([terms?.limit, terms?.usage_limit_type], ["0.5", "daily"]);
  });

  it("has no limit where the box is left empty, and no question about a reset then", async () => {
    settings = { ...settings, requestedTerms: { limit: "5", usageLimitType: "daily" }, limitReset: "daily" };
    limit = " ";
    await give();
    equal(boxes.length, 1);
    deepEqual(Object.keys(requested()[0] ?? {}), ["callback_url", "key_label"]);
    match(details[0] ?? "", /named Cline: no credit limit\./);
  });

  for (const [text, problem] of [
    ["1,000", "Enter an amount in USD, such as 12.50."],
    ["-1", "Enter an amount in USD, such as 12.50."],
    ["five", "Enter an amount in USD, such as 12.50."],
    ["0.0000001", "Enter an amount with at most six decimals."],
    ["1.1234567", "Enter an amount with at most six decimals."],
  ] as const) {
    it(`has no limit of ${text}: the box says so, and stays open`, async () => {
      limit = text;
      await give();
      equal(validation, problem);
      equal(boxes.length, 1);
      deepEqual(shown, []);
    });
  }

  it("with a limit of 0 can be used only for free models, which the box says", async () => {
    limit = "0";
    await give();
    match((validation as { message: string }).message, /only for free models/);
    equal(requested()[0]?.limit, "0");
  });

  it("isn't requested where the user cancels, and nothing is said", async () => {
    for (const [entered, chosen, dialogs] of [
      [undefined, "proposed", 0],
      ["5", undefined, 0],
      ["5", "proposed", 1],
    ] as const) {
      [limit, reset, buttons, shown] = [entered, chosen, [undefined], []];
      await give();
      equal(shown.length, dialogs);
    }
    deepEqual(
      did.filter((what) => !what.startsWith("scheme:")),
      [],
    );
  });

  it("isn't requested by Enter where what was typed matches no row", async () => {
    reset = "Yearly";
    await give();
    deepEqual([boxes.length, shown], [2, []]);
  });

  it("isn't requested by a key that was pressed before the dialog could be read", async () => {
    endReading();
    endReading = readSlowly(1);
    buttons = ["Open OpenRouter's Page", undefined];
    await give();
    equal(shown.length, 2);
    deepEqual(opened(), []);
  });

  it("isn't requested where a setting is invalid", async () => {
    const invalid = () => {
      throw new SettingError("creditLimit");
    };
    await rejects(
      giveOwnKey(cline, { page: toolKeyPage, log: noLog, settings: invalid, pageOpened() {} }),
      SettingError,
    );
    deepEqual([boxes, shown, did], [[], [], []]);
  });

  it("needs the extension, whose page is one button away", async () => {
    installed = undefined;
    existing = ["other.view.focus"];
    buttons = ["Show Extension"];
    await give();
    deepEqual(shown, [
      "Cline isn't installed in this window, or it's disabled. Install or enable it, then try again.",
    ]);
    deepEqual([did, boxes], [["workbench.extensions.search @id:saoudrizwan.claude-dev"], []]);
  });

  it("isn't for one that may not run in Restricted Mode, which is said", async () => {
    const isTrusted = Object.getOwnPropertyDescriptor(workspace, "isTrusted") ?? {};
    Object.defineProperty(workspace, "isTrusted", { configurable: true, value: false });
    installed = undefined;
    existing = [];
    buttons = ["Manage Workspace Trust"];
    await give().finally(() => Object.defineProperty(workspace, "isTrusted", isTrusted));
    deepEqual(shown, [
      "Cline isn't installed, or it doesn't run in Restricted Mode. Install it or trust this workspace, then try again.",
    ]);
    deepEqual(did, ["workbench.trust.manage"]);
  });

  it("is for an extension on another machine, too, which VS Code shows only by its view", async () => {
    installed = undefined;
    await give();
    deepEqual(did.slice(0, 2), ["scheme://saoudrizwan.claude-dev/openrouter", "known.view.focus"]);
    equal(opened().length, 1);
  });

  it("opens the view that is known where the extension's manifest has none", async () => {
    installed = { id: "saoudrizwan.claude-dev", packageJSON: {} };
    await give();
    equal(did[1], "known.view.focus");
  });

  for (const [what, arrange, logged] of [
    [
      "OpenRouter wouldn't accept the callback URL",
      () => {
        callbackUrl = "http://code.example/?n=";
      },
      /accept/,
    ],
    ["VS Code has no callback URL", () => failing.add("callback"), /no server/],
  ] as const) {
    it(`asks nothing where ${what}, and says what to do`, async () => {
      arrange();
      buttons = ["Open Keys Page"];
      await give();
      equal(shown.length, 1);
      match(
        shown[0] ?? "",
        /can't return to Cline\. Select the provider VS Code LM API in Cline, which needs no key/,
      );
      deepEqual(boxes, []);
      deepEqual(did.slice(1), ["https://openrouter.ai/keys"]);
      match(lines.join("\n"), /^warn OpenRouter can't return to saoudrizwan\.claude-dev: /);
      match(lines.join("\n"), logged);
    });
  }

  it("of an extension that can't use VS Code's models has only the other way out", async () => {
    callbackUrl = "http://code.example/?n=";
    buttons = [undefined];
    await give({ ...cline, alsoUsesModels: false });
    deepEqual(shown, [
      "In this window, OpenRouter can't return to Cline. Create a key on OpenRouter's page, and paste it in Cline.",
    ]);
  });

  it("isn't requested where the view can't be opened, since the extension would drop the code", async () => {
    failing.add("its.view.focus");
    await give();
    deepEqual(shown.slice(1), ["The view of Cline couldn't be opened. Open it, then try again."]);
    deepEqual(opened(), []);
    match(lines.join("\n"), /^warn Can't show the view of saoudrizwan\.claude-dev: Error: no such view/);
  });

  it("is requested once the view can be opened, where the user tries again", async () => {
    failing.add("its.view.focus");
    Object.assign(commands, {
      executeCommand: async (id: string) => {
        if (failing.delete(id)) throw new Error("no such view");
      },
    });
    buttons.push("Try Again");
    await give();
    equal(opened().length, 1);
  });

  it("isn't mentioned anymore where the user declined to open the page", async () => {
    isDeclined = true;
    await give();
    equal(shown.length, 1);
  });

  it("has its page as a link to copy where the browser doesn't open", async () => {
    failing.add("browser");
    buttons.push("Copy Link");
    await give();
    equal(shown.length, 2);
    equal(await clipboard.readText(), opened()[0]);
  });

  it("is requested again with the same terms and another callback URL, and the page of keys opens", async () => {
    buttons.push("Try Again", "Open Keys Page");
    await give();
    const [first, second] = requested();
    deepEqual({ ...first, callback_url: second?.callback_url }, second);
    deepEqual([first?.callback_url?.at(-1), second?.callback_url?.at(-1)], ["0", "1"]);
    equal(boxes.length, 2);
    equal(did.filter((what) => what === "its.view.focus").length, 2);
    deepEqual(shown.slice(1), [next, next]);
    equal(did.at(-1), "https://openrouter.ai/keys");
  });

  it("can't be requested again where there is no way back by then", async () => {
    buttons.push("Try Again");
    const { asExternalUri: first } = env;
    Object.assign(env, {
      asExternalUri: (uri: Uri) => {
        if (opened().length > 0) failing.add("callback");
        return first(uri);
      },
    });
    await give();
    match(shown.at(-1) ?? "", /can't return to Cline/);
    equal(opened().length, 1);
  });

  it("comes from openrouter.ai or the extension's own base URL, which the dialog says where ours is another", async () => {
    settings = { ...settings, baseUrl: "https://gateway.example/x" };
    for (const [usesBaseUrl, text] of [
      [
        false,
        /Your base URL is https:\/\/gateway\.example\/x, but Cline always gets its key from openrouter\.ai/,
      ],
      [true, /Your base URL is https:\/\/gateway\.example\/x\. Enter it in Cline as well/],
    ] as const) {
      details = [];
      buttons = [undefined];
      await give({ ...cline, usesBaseUrl });
      match(details[0] ?? "", text);
      match(details[0] ?? "", /revoke it at gateway\.example\/x\/keys\./);
    }
  });
});
