import { deepEqual, equal, match } from "node:assert/strict";
import {
  ConfigurationTarget,
  commands,
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
  let connects: () => Promise<boolean>;
  let isWanted: boolean;
  let model: { id: string; name: string } | undefined;
  let state: Map<string, unknown>;
  let lines: string[];
  let extensionKind: ExtensionKind;
  const remoteName = Object.getOwnPropertyDescriptor(env, "remoteName") ?? {};

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
        ran.push(call);
        if (failing.has(String(call[0]))) throw new Error(`${call[0]} fails`);
      },
    });
    Object.assign(extensions, { getExtension: () => (isEnabled ? {} : undefined) });
    Object.assign(workspace, {
      getConfiguration: (section?: string) => ({
        get: (name: string) => settings[section ? `${section}.${name}` : name],
        inspect: (name: string) => ({ globalValue: settings[name] }),
        update: async (name: string, value: unknown, target: ConfigurationTarget) => {
          equal(target, ConfigurationTarget.Global);
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
    Object.defineProperty(env, "remoteName", remoteName);
  });

  let offer: UtilityModelOffer;
  async function open(options?: { isExplained: boolean }) {
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
    offer = new UtilityModelOffer({ state: memento, sessions, assertComplete, log }, models);
    const services = { extension: { extensionKind }, activeSession, connect: () => connects(), group, log };
    await new ChatSetUp(services, async () => (await models())?.id, offer, version).open(options);
  }
  const opened = [openChat, { modelSelector: { vendor: "connect-openrouter", id: "a/model" } }];

  it("enables the chat, adds the group, and opens the chat with a model, after one modal question", async () => {
    await open();
    deepEqual(shown, ["modal Use OpenRouter's models in VS Code's chat?"]);
    deepEqual(ran, [[install, "GitHub.copilot-chat", { enable: true }], ["group"], opened]);
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

  it("says so where AI features are turned off, with the setting", async () => {
    isConnected = false;
    settings["chat.disableAIFeatures"] = true;
    answers = ["Open Settings"];
    await open();
    match(shown[0] ?? "", /AI features are turned off/);
    deepEqual(ran, [["workbench.action.openSettings", "chat.disableAIFeatures"]]);
  });

  it("says so where the models aren't offered to VS Code, with the setting, and sets nothing up", async () => {
    Object.assign(settings, { "connectOpenRouter.offerModels": false, "chat.utilitySmallModel": "" });
    for (const isSetUp of [false, true]) {
      isConnected = isSetUp;
      isWanted = isSetUp;
      isEnabled = isSetUp;
      ran = [];
      shown = [];
      answers = ["Open Settings"];
      await open();
      deepEqual(shown, ["OpenRouter's models are turned off in the settings. Turn them on, then try again."]);
      deepEqual(ran, [["workbench.action.openSettings", "connectOpenRouter.offerModels"]]);
    }
  });

  it("says what else is possible in an editor without the chat", async () => {
    isConnected = false;
    existing = [];
    answers = [];
    await open();
    match(shown[0] ?? "", /doesn't have VS Code's chat/);
    deepEqual(ran, []);
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
    await open({ isExplained: true });
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

  it("opens the chat without a model where there is none, or it can't be selected", async () => {
    for (const failure of [undefined, "models"]) {
      model = undefined;
      if (failure) failing.add(failure);
      answers = ["Set Up Chat"];
      await open();
      deepEqual(ran.at(-1), [openChat]);
    }
    model = { id: "a/model", name: "A" };
    failing = new Set();
    answers = ["Set Up Chat"];
    Object.assign(commands, {
      executeCommand: async (...call: unknown[]) => {
        ran.push(call);
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
      "the models aren't known": () => failing.add("models"),
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
