import { deepEqual, equal, match, rejects } from "node:assert/strict";
import {
  ConfigurationTarget,
  commands,
  EventEmitter,
  ExtensionKind,
  env,
  extensions,
  type MessageOptions,
  window,
  workspace,
} from "vscode";
import type { Session } from "../../../src/sessions/session";
import { ChatSetUp } from "../../../src/vscode/models/chatSetUp";
import { UtilityModelOffer } from "../../../src/vscode/models/utilityModelOffer";
import { recordLog } from "../../fakes/editor";

const openChat = "workbench.action.chat.open";
const install = "workbench.extensions.installExtension";
const closeModal = "workbench.action.closeModalEditor";
const addGroup = "lm.addLanguageModelsProviderGroup";

describe("Chat with OpenRouter's Models", () => {
  const { showInformationMessage, showWarningMessage } = window;
  const { executeCommand, getCommands } = commands;
  const { getExtension } = extensions;
  const { getConfiguration } = workspace;
  let existing: string[];
  let version: string;
  let failing: Set<string>;
  let ran: unknown[][];
  /** The messages that were shown, with "modal" where they were modal dialogs. */
  let shown: string[];
  /** What those said below their question. */
  let details: string[];
  let answers: (string | undefined)[];
  let settings: Record<string, unknown>;
  let isEnabled: boolean;
  let isConnected: boolean;
  /** Whether there is a key that this window can't see. */
  let hasHidden: boolean;
  let connects: (again: () => unknown) => Promise<boolean>;
  let isWanted: boolean;
  let model: { id: string; name: string } | undefined;
  let state: Map<string, unknown>;
  let lines: string[];
  let extensionKind: ExtensionKind;
  /** The settings of the workspace, and those that can't be changed. */
  let workspaceSettings: Record<string, unknown>;
  let managed: Set<string>;
  const trusted = new EventEmitter<void>();
  let isTrusted: boolean;
  /** Whether an editor is open above the chat. */
  let isCovered: boolean;
  const own = {
    env: Object.getOwnPropertyDescriptors(env),
    workspace: Object.getOwnPropertyDescriptors(workspace),
  };
  const inEditor = (appName: string, uriScheme: string) => {
    Object.defineProperty(env, "appName", { configurable: true, value: appName });
    Object.defineProperty(env, "uriScheme", { configurable: true, value: uriScheme });
  };

  beforeEach(() => {
    existing = [openChat, install, addGroup];
    version = "1.122.0";
    failing = new Set();
    ran = [];
    shown = [];
    details = [];
    answers = ["Set Up Chat"];
    settings = { "chat.disableAIFeatures": false };
    isEnabled = false;
    isConnected = true;
    isWanted = false;
    extensionKind = ExtensionKind.Workspace;
    model = { id: "a/model", name: "A: Model" };
    state = new Map();
    hasHidden = false;
    [workspaceSettings, managed, isTrusted, isCovered] = [{}, new Set(), true, true];
    inEditor("Visual Studio Code", "vscode");
    Object.defineProperty(workspace, "isTrusted", { configurable: true, get: () => isTrusted });
    Object.defineProperty(workspace, "onDidGrantWorkspaceTrust", {
      configurable: true,
      value: trusted.event,
    });
    connects = async () => assertNever("connected");
    const message = async (text: string, ...rest: (MessageOptions | string)[]) => {
      const modal = typeof rest[0] === "object" && rest[0].modal;
      shown.push(modal ? `modal ${text}` : text);
      if (typeof rest[0] === "object") details.push(rest[0].detail ?? "");
      const answer = answers.shift();
      return answer === undefined || rest.includes(answer) ? answer : assertNever(`answered ${answer}`);
    };
    Object.assign(window, { showInformationMessage: message, showWarningMessage: message });
    Object.assign(commands, {
      getCommands: async () => existing,
      executeCommand: async (...call: unknown[]) => {
        if (call[0] === closeModal) {
          isCovered = false;
          throw new Error("an older VS Code");
        }
        ran.push(call);
        if (failing.has(String(call[0]))) throw new Error(`${call[0]} fails`);
      },
    });
    Object.assign(extensions, { getExtension: () => (isEnabled ? {} : undefined) });
    Object.assign(workspace, {
      getConfiguration: (section?: string) => ({
        get(name: string) {
          const id = section ? `${section}.${name}` : name;
          return workspaceSettings[id] ?? settings[id];
        },
        inspect: (name: string) => ({ globalValue: settings[name], workspaceValue: workspaceSettings[name] }),
        update: async (name: string, value: unknown, target: ConfigurationTarget) => {
          equal(target, ConfigurationTarget.Global);
          if (managed.has(name)) throw new Error("configured in system policy");
          settings[name] = value;
        },
      }),
    });
  });
  afterEach(() => {
    Object.assign(window, { showInformationMessage, showWarningMessage });
    Object.assign(commands, { executeCommand, getCommands });
    Object.assign(extensions, { getExtension });
    Object.assign(workspace, { getConfiguration });
    for (const name of ["remoteName", "appName", "uriScheme"] as const)
      Object.defineProperty(env, name, own.env[name]);
    for (const name of ["isTrusted", "onDidGrantWorkspaceTrust"] as const)
      Object.defineProperty(workspace, name, own.workspace[name]);
  });

  let offer: UtilityModelOffer;
  let shownBeforeAnAnswer: string[];
  async function open(from?: string) {
    const { log, lines: own } = recordLog();
    lines = own;
    const group = {
      get isWanted() {
        return isWanted;
      },
      add: async () => {
        ran.push(["group"]);
        if (failing.has("group")) throw new Error("no groups");
        isWanted = true;
      },
    };
    const memento = {
      get: (key: string) => state.get(key) as undefined,
      update: async (key: string, value: unknown) => void state.set(key, value),
    };
    const activeSession = async () => (isConnected ? ({} as Session) : undefined);
    const models = async () => (failing.has("models") ? Promise.reject(new Error("offline")) : model);
    const sessions = async () => {
      if (failing.has("sessions")) throw new Error("unreadable");
      return isConnected ? [{} as Session] : [];
    };
    const assertComplete = async () => {
      if (hasHidden) throw new Error("stale");
    };
    const cheapest = async () => (failing.has("cheapest") ? Promise.reject(new Error("offline")) : model);
    const newOffer = () => new UtilityModelOffer({ state: memento, sessions, assertComplete, log }, cheapest);
    const services = {
      extension: { extensionKind },
      activeSession,
      connect: (again: () => unknown) => connects(again),
      group,
      log,
    };
    await new ChatSetUp(services, async () => (await models())?.id, newOffer(), version).open(from);
    shownBeforeAnAnswer = [...shown];
    offer = newOffer(); // the window was reloaded meanwhile
    await offer.answered();
  }
  const opened = [openChat, { modelSelector: { vendor: "connect-openrouter", id: "a/model" } }];

  it("enables the chat, adds the group, and opens the chat with a model, after one modal question", async () => {
    await open();
    deepEqual(shown, ["modal Use OpenRouter's models in VS Code's chat?"]);
    deepEqual(ran, [[install, "GitHub.copilot-chat", { enable: true }], ["group"], opened]);
    equal(isCovered, false);
  });

  it("does nothing before the user says so", async () => {
    answers = [undefined];
    await open();
    deepEqual(ran, []);
    equal(isWanted, false);
  });

  it("asks no second time, and leaves the chat its model, unless the chat was disabled since", async () => {
    isWanted = true;
    isEnabled = true;
    await open();
    deepEqual([shown, ran], [[], [["group"], [openChat]]]);
    isEnabled = false;
    await open();
    equal(shown.length, 1);
    deepEqual(ran.at(-1), opened);
  });

  it("says what to do where the chat runs on another machine, which can't use the models of this one", async () => {
    extensionKind = ExtensionKind.UI;
    Object.defineProperty(env, "remoteName", { configurable: true, value: "ssh-remote" });
    answers = ["Open Settings"];
    await open();
    match(shown[0] ?? "", /Install Connect OpenRouter on the remote/);
    deepEqual(ran, [["workbench.action.openSettings", "remote.extensionKind"]]);
    extensionKind = ExtensionKind.Workspace;
    answers = [undefined];
    await open();
    match(shown[1] ?? "", /^modal/);
  });

  it("connects first, and ends where that failed", async () => {
    isConnected = false;
    connects = async () => false; // it has shown why
    await open();
    deepEqual([shown, ran], [[], []]);
    connects = async () => true;
    await open();
    equal(ran.at(-1)?.[0], openChat);
  });

  it("lets Try Again go on to the chat, without a question where there was to be none", async () => {
    isConnected = false;
    connects = async (again) => {
      await again();
      return false;
    };
    await open("walkthrough");
    deepEqual(ran, [["connectOpenRouter.chatWithModels", "walkthrough"]]);
  });

  it("connects before it says that the chat is missing, which the key isn't needed for only", async () => {
    isConnected = false;
    existing = [];
    answers = [];
    const order: string[] = [];
    connects = async () => order.push(`connected after ${shown.length} messages`) > 0;
    await open();
    deepEqual([order, shown.length], [["connected after 0 messages"], 1]);
  });

  const turnedOff = "VS Code's AI features are turned off, and its chat with them.";

  it("turns AI features on where the user says so, and goes on", async () => {
    settings["chat.disableAIFeatures"] = true;
    answers = [undefined];
    await open();
    deepEqual([shown, ran, settings["chat.disableAIFeatures"]], [[turnedOff], [], true]);
    answers = ["Turn On", "Set Up Chat"];
    await open();
    equal(settings["chat.disableAIFeatures"], false);
    deepEqual(ran.at(-1), opened);
  });

  it("opens the settings of a workspace that turns AI features off, and changes nothing there", async () => {
    workspaceSettings["chat.disableAIFeatures"] = true;
    answers = ["Open Workspace Settings"];
    await open();
    match(shown[0] ?? "", /^This workspace turns VS Code's AI features off/);
    deepEqual(ran, [["workbench.action.openWorkspaceSettings", "chat.disableAIFeatures"]]);
    equal(workspaceSettings["chat.disableAIFeatures"], true);
  });

  it("says so where a setting can't be changed, with the setting", async () => {
    settings["chat.disableAIFeatures"] = true;
    managed.add("chat.disableAIFeatures");
    answers = ["Turn On", "Open Settings"];
    await open();
    match(shown[1] ?? "", /^The setting chat\.disableAIFeatures couldn't be changed/);
    deepEqual(ran, [["workbench.action.openSettings", "chat.disableAIFeatures"]]);
  });

  it("offers the models to VS Code where the user says so, and goes on, and sets nothing up before", async () => {
    for (const isSetUp of [false, true]) {
      Object.assign(settings, { "connectOpenRouter.offerModels": false, "chat.utilitySmallModel": "" });
      isWanted = isSetUp;
      isEnabled = isSetUp;
      [ran, shown] = [[], []];
      answers = [undefined];
      await open();
      deepEqual([shown, ran], [["OpenRouter's models are turned off in the settings."], []]);
      answers = ["Turn On", ...(isSetUp ? [] : ["Set Up Chat"])];
      await open();
      equal(settings["connectOpenRouter.offerModels"], true);
      equal(ran.at(-1)?.[0], openChat);
    }
  });

  it("lets the user trust the workspace, and goes on as soon as they do", async () => {
    isTrusted = false;
    answers = ["Manage Workspace Trust", "Set Up Chat"];
    const opening = open();
    while (ran.length === 0) await new Promise((resolve) => setImmediate(resolve));
    equal(
      shown.at(-1),
      "VS Code's chat doesn't work in Restricted Mode. Once you trust this workspace, the chat opens.",
    );
    deepEqual(ran, [["workbench.trust.manage"]]);
    isTrusted = true;
    trusted.fire();
    await opening;
    deepEqual(ran.at(-1), opened);
  });

  it("does nothing more in a workspace that the user doesn't trust", async () => {
    isTrusted = false;
    answers = [undefined];
    await open();
    deepEqual([shown.length, ran], [1, []]);
  });

  for (const [appName, scheme] of [
    ["Cursor", "cursor"],
    ["Windsurf", "windsurf"],
    ["Visual Studio Code", "vscode"],
  ] as const) {
    it(`lists the tools where there is no chat: in ${appName}`, async () => {
      inEditor(appName, scheme);
      existing = [];
      answers = ["Set Up a Tool…"];
      await open();
      equal(
        shown[0],
        `OpenRouter's models answer in VS Code's chat, which isn't available in ${appName}. You can use them in other tools.`,
      );
      deepEqual(ran, [["connectOpenRouter.setUpTool"]]);
    });
  }

  it("says the same in an editor with a chat of its own, which takes no providers, whatever its version", async () => {
    inEditor("Cursor", "cursor");
    existing = [openChat, install];
    for (version of ["1.105.1", "1.130.0", "3.2.0"]) {
      answers = [undefined];
      await open();
      match(shown.at(-1) ?? "", /which isn't available in Cursor\./);
    }
    deepEqual(ran, []);
  });

  it("sets the chat up in another editor that has it", async () => {
    inEditor("VSCodium", "vscodium");
    await open();
    deepEqual(ran.at(-1), opened);
  });

  it("lists the tools in another editor where setting up fails, or the chat is too old", async () => {
    inEditor("VSCodium", "vscodium");
    failing.add(install);
    answers = ["Set Up Chat", "Set Up a Tool…"];
    await open();
    match(shown.at(-1) ?? "", /isn't available in VSCodium/);
    equal(ran.at(-1)?.[0], "connectOpenRouter.setUpTool");
    version = "1.115.0";
    answers = ["Set Up a Tool…"];
    await open();
    match(shown.at(-1) ?? "", /VS Code 1\.122 or later, and this version of VSCodium has an older one/);
    equal(ran.at(-1)?.[0], "connectOpenRouter.setUpTool");
  });

  for (const old of ["1.104.0", "1.109.5", "1.110.0", "1.121.3-insider"]) {
    it(`enables nothing in VS Code ${old}, where the chat needs a GitHub account`, async () => {
      version = old;
      if (old < "1.110") existing = [openChat, install];
      answers = ["Open Chat"];
      await open();
      equal(shown.length, 1);
      match(shown[0] ?? "", /^Before version 1\.122, VS Code's chat needs a GitHub account\. Update/);
      deepEqual([ran, isWanted], [[[openChat]], false]);
    });
  }

  it("tells the steps, and enables nothing, where there are no provider groups", async () => {
    existing = [openChat, install];
    answers = ["Manage Language Models"];
    await open();
    equal(shown.length, 1);
    match(shown[0] ?? "", /^The chat couldn't be set up\. Run Chat: Manage Language Models/);
    deepEqual([ran, isWanted], [[["workbench.action.chat.manage"]], false]);
  });

  it("promises a chat without a GitHub account only where it's VS Code's own version that says so", async () => {
    for (const [own, isPromised] of [
      ["1.122.0", true],
      ["1.139.1", true],
      ["1.1000.0", true],
      ["2.3.0", false],
      ["2026.11", false],
      ["", false],
    ] as const) {
      version = own;
      isWanted = false;
      answers = ["Set Up Chat"];
      await open();
      equal(details.at(-1)?.includes("No GitHub account is needed"), isPromised, own);
      deepEqual(ran.at(-1), opened, own);
    }
  });

  it("asks nothing of who has just read what it sets up", async () => {
    answers = [];
    await open("walkthrough");
    deepEqual(
      shown.filter((text) => text.startsWith("modal")),
      [],
    );
    deepEqual([isWanted, ran.at(-1)], [true, opened]);
  });

  for (const failure of [install, "group", openChat]) {
    it(`tells the steps where this fails: ${failure}`, async () => {
      failing.add(failure);
      answers = ["Set Up Chat", "Manage Language Models"];
      await open();
      match(shown[1] ?? "", /The chat couldn't be set up\. Run Chat: Manage Language Models/);
      equal(ran.at(-1)?.[0], "workbench.action.chat.manage");
      equal(isWanted, failure === openChat);
      match(lines.join("\n"), /^error Can't set up the chat/m);
    });
  }

  it("opens no chat without models, and rejects with why there are none, also when it was set up before", async () => {
    failing.add("models");
    for (const isSetUp of [false, true]) {
      isWanted = isSetUp;
      isEnabled = isSetUp;
      await rejects(open(), { message: "offline" });
      deepEqual([shown, ran], [[], []]);
    }
  });

  it("opens the chat without a model where there is none, or it can't be selected", async () => {
    model = undefined;
    await open();
    deepEqual(ran.at(-1), [openChat]);
    [isWanted, isEnabled] = [false, false];
    model = { id: "a/model", name: "A" };
    failing = new Set();
    answers = ["Set Up Chat"];
    Object.assign(commands, {
      executeCommand: async (...call: unknown[]) => {
        if (call[0] !== closeModal) ran.push(call);
        if (call[0] === openChat && call[1]) throw new Error("No language models found matching selector");
      },
    });
    await open();
    deepEqual(ran.slice(-2), [opened, [openChat]]);
  });

  describe("offers a model for small requests", () => {
    beforeEach(() => {
      Object.assign(settings, { "chat.utilitySmallModel": "", "chat.byokUtilityModelDefault": "copilot" });
    });
    const offered = () => shown.some((text) => text.includes("Use A: Model, the cheapest"));

    it("and sets it when the user says so", async () => {
      answers.push("Use It");
      await open();
      equal(offered(), true);
      // Nothing covers the chat's input until there is an answer; and then it's offered once.
      deepEqual(shownBeforeAnAnswer, shown.slice(0, 1));
      const { length } = shown;
      await offer.answered();
      equal(shown.length, length);
      equal(settings["chat.utilitySmallModel"], "connect-openrouter/a/model");
    });

    const chosen = () => settings["chat.utilitySmallModel"];
    const step = async (withKey: boolean) => {
      isConnected = withKey;
      await offer.keepInStep();
      return chosen();
    };

    it("which goes with the last key, and comes back with the next", async () => {
      answers.push("Use It");
      await open();
      equal(await step(true), "connect-openrouter/a/model");
      equal(await step(false), undefined);
      equal(await step(false), undefined);
      equal(await step(true), "connect-openrouter/a/model");
    });

    it("which stays where there may be a key that this window can't see", async () => {
      answers.push("Use It");
      await open();
      hasHidden = true;
      equal(await step(false), "connect-openrouter/a/model");
    });

    it("which stays where the keys can't be read, with a line in the log", async () => {
      answers.push("Use It");
      await open();
      failing.add("sessions");
      equal(await step(false), "connect-openrouter/a/model");
      match(lines.join("\n"), /^warn Can't keep chat\.utilitySmallModel in step/m);
    });

    it("and leaves the user's own value alone, whatever happens to the keys", async () => {
      settings["chat.utilitySmallModel"] = "copilot/x";
      await open();
      equal(await step(false), "copilot/x");
      settings["chat.utilitySmallModel"] = "";
      answers = ["Use It"];
      [isConnected, isEnabled] = [true, true];
      await open();
      settings["chat.utilitySmallModel"] = "copilot/y";
      equal(await step(false), "copilot/y");
      settings["chat.utilitySmallModel"] = "connect-openrouter/a/model";
      equal(await step(false), undefined);
      settings["chat.utilitySmallModel"] = "copilot/z"; // chosen in the meantime
      equal(await step(true), "copilot/z");
    });

    it("and again after it was dismissed, but not after it was declined", async () => {
      await open();
      equal(offered(), true);
      shown = [];
      answers = ["No, Thanks"];
      isEnabled = true;
      await open();
      equal(offered(), true);
      shown = [];
      await open();
      equal(offered(), false);
      equal(settings["chat.utilitySmallModel"], "");
    });

    const unwanted: Record<string, () => void> = {
      "the user has chosen one": () => Object.assign(settings, { "chat.utilitySmallModel": "copilot/x" }),
      "VS Code uses the chat's own": () =>
        Object.assign(settings, { "chat.byokUtilityModelDefault": "mainAgent" }),
      "VS Code doesn't have the setting": () =>
        Object.assign(settings, { "chat.utilitySmallModel": undefined }),
      "no model is suitable": () => {
        model = undefined;
      },
      "the models aren't known": () => failing.add("cheapest"),
    };
    for (const [where, arrange] of Object.entries(unwanted)) {
      it(`but not where ${where}`, async () => {
        arrange();
        await open();
        equal(shown.length, 1);
      });
    }
  });
});

function assertNever(what: string): never {
  throw new Error(`Unexpectedly ${what}`);
}
