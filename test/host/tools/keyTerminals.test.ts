import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import {
  ConfigurationTarget,
  ExtensionKind,
  env,
  extensions,
  LogLevel,
  type MessageOptions,
  type TerminalOptions,
  UIKind,
  window,
  workspace,
} from "vscode";
import type { Session } from "../../../src/sessions/session";
import { anyTool, commandLineTools } from "../../../src/tools/commandLineTools";
import { KeyTerminals } from "../../../src/vscode/tools/keyTerminals";
import type { ToolServices } from "../../../src/vscode/tools/toolServices";
import { toolStart } from "../../../src/vscode/tools/toolTexts";
import { readSlowly } from "../../fakes/slowReader";

const session = {
  version: 2,
  id: "a",
  key: `sk-or-v1-${"0123456789abcdef".repeat(4)}`,
  label: "VS Code",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
} as const;

/** Where the extension runs, and where VS Code's terminals do. */
interface Place {
  readonly extensionHost: "node" | "webWorker";
  readonly extensionKind: ExtensionKind;
  readonly remoteName: string | undefined;
}

/** The places in which only VS Code can hand the key over. */
const exposed: Record<string, Place> = {
  "a web worker with a remote": {
    extensionHost: "webWorker",
    extensionKind: ExtensionKind.UI,
    remoteName: "server",
  },
  "a web worker on the desktop": {
    extensionHost: "webWorker",
    extensionKind: ExtensionKind.UI,
    remoteName: undefined,
  },
  "the desktop with a remote": {
    extensionHost: "node",
    extensionKind: ExtensionKind.UI,
    remoteName: "ssh-remote",
  },
};
const notExposed: Record<string, Place> = {
  "the desktop": { extensionHost: "node", extensionKind: ExtensionKind.UI, remoteName: undefined },
  "a remote": { extensionHost: "node", extensionKind: ExtensionKind.Workspace, remoteName: "ssh-remote" },
};

describe("A terminal with the key", () => {
  const original = Object.getOwnPropertyDescriptors(env);
  const { createTerminal, showWarningMessage, showInformationMessage } = window;
  let terminals: KeyTerminals | undefined;
  let opened: TerminalOptions[];
  let asked: [string, MessageOptions][];
  let answer: string | undefined;
  let model: string | undefined;
  /** What is in use after the question. */
  let current: typeof session | undefined;
  let handedOver: string[];
  let endReading: () => void;

  const changeEnv = (changes: Partial<typeof env>) => {
    for (const [name, value] of Object.entries(changes)) {
      Object.defineProperty(env, name, { configurable: true, get: () => value });
    }
  };
  const open = async (
    { extensionHost, extensionKind, remoteName }: Place,
    tool = anyTool,
    of: Session = session,
  ) => {
    changeEnv({ uiKind: UIKind.Desktop, remoteName });
    const extension = extensions.getExtension("connect-openrouter.connect-openrouter");
    const context = { extension: { extensionKind }, extensionUri: extension?.extensionUri };
    const services = {
      ...{ context, extensionHost },
      pickModel: async () => model,
      activeSession: async () => current,
    };
    terminals = new KeyTerminals(services as unknown as ToolServices, (_, { id }) => handedOver.push(id));
    await terminals.open(of, tool);
  };

  beforeEach(() => {
    opened = [];
    asked = [];
    answer = "Open Terminal";
    model = "vendor/model";
    current = session;
    handedOver = [];
    endReading = readSlowly();
    const ask = async (message: string, options: MessageOptions) => {
      asked.push([message, options]);
      return answer;
    };
    Object.assign(window, {
      createTerminal: (options: TerminalOptions) => {
        opened.push(options);
        return { creationOptions: options };
      },
      showWarningMessage: ask,
      showInformationMessage: ask,
    });
    changeEnv({ logLevel: LogLevel.Info });
  });
  afterEach(() => {
    terminals?.dispose();
    endReading();
    Object.defineProperties(env, original);
    Object.assign(window, { createTerminal, showWarningMessage, showInformationMessage });
  });

  it("doesn't get a key that was removed or replaced while the question was open", async () => {
    const place = exposed["the desktop with a remote"] as Place;
    current = undefined;
    await open(place);
    deepEqual([asked.length, opened.length, handedOver.length], [1, 0, 0]);
    const successor = { ...session, key: session.key.replace("cdef", "0000") };
    current = successor as typeof session;
    await open(place);
    equal(asked.length, 3, "asks about its successor");
    equal(opened[0]?.env?.OPENROUTER_API_KEY, successor.key);
  });

  it("isn't opened by an answer that was typed for something else", async () => {
    readSlowly(2);
    await open({ extensionHost: "node", extensionKind: ExtensionKind.UI, remoteName: undefined });
    deepEqual([asked.length, opened.length], [3, 1]);
  });

  for (const [name, place] of Object.entries({ ...exposed, ...notExposed })) {
    it(`isn't opened without a yes: ${name}`, async () => {
      answer = undefined;
      await open(place);
      deepEqual(opened, []);
      equal(asked.length, 1);
      equal(asked[0]?.[0], "Open a terminal with API key VS Code (sk-or-v1-012...cdef)?");
      equal(asked[0]?.[1].modal, true);
    });
  }

  for (const [name, place] of Object.entries(notExposed)) {
    for (const level of [LogLevel.Info, LogLevel.Debug, LogLevel.Trace]) {
      it(`shows VS Code nothing of the key, so that the log level is free: ${name}, ${LogLevel[level]}`, async () => {
        changeEnv({ logLevel: level });
        await open(place);
        const [options] = opened;
        equal(opened.length, 1);
        doesNotMatch(JSON.stringify(options), /0123456789|OPENROUTER/);
        equal(options?.isTransient, true);
        const [, question] = asked[0] ?? [];
        doesNotMatch(question?.detail ?? "", /every installed extension/);
      });
    }
  }

  it("is no longer waited for when the window closes", async () => {
    await open(notExposed["the desktop"] as Place);
    const folder = dirname(opened[0]?.shellPath ?? "");
    if (process.platform !== "win32") ok(existsSync(folder));
    terminals?.dispose();
    if (process.platform !== "win32") ok(!existsSync(folder));
  });

  for (const [name, place] of Object.entries(exposed)) {
    it(`says that every extension can read the key, where it can: ${name}`, async () => {
      await open(place);
      match(asked[0]?.[1].detail ?? "", /so can every installed extension/);
      deepEqual(opened[0]?.env, {
        OPENROUTER_API_KEY: session.key,
        OPENROUTER_BASE_URL: "https://openrouter.ai/api/v1",
      });
      equal(opened[0]?.isTransient, true);
      match(
        opened[0]?.message ?? "",
        /start-up file of your shell sets OPENROUTER_API_KEY or OPENROUTER_BASE_URL,/,
      );
    });

    for (const level of [LogLevel.Debug, LogLevel.Trace]) {
      it(`isn't opened where VS Code would log the key: ${name}, ${LogLevel[level]}`, async () => {
        changeEnv({ logLevel: level });
        answer = undefined;
        await open(place);
        deepEqual(opened, []);
        match(asked[0]?.[0] ?? "", /VS Code would log your key/);
      });
    }
  }

  it("runs the shell of the user's profile, with its arguments and variables", async () => {
    const settings = workspace.getConfiguration("terminal.integrated");
    const os = { win32: "windows", darwin: "osx" }[process.platform as string] ?? "linux";
    const profile = { path: env.shell, args: ["--posix"], env: { FROM_PROFILE: "1" } };
    const update = async (name: string | undefined, profiles: unknown) => {
      await settings.update(`profiles.${os}`, profiles, ConfigurationTarget.Global);
      await settings.update(`defaultProfile.${os}`, name, ConfigurationTarget.Global);
    };
    await update("Mine", { Mine: profile });
    try {
      await open(notExposed["the desktop"] as Place);
    } finally {
      await update(undefined, undefined);
    }
    match(JSON.stringify(opened[0]?.shellArgs), /--posix/);
    equal(opened[0]?.env?.FROM_PROFILE, "1");
  });

  for (const tool of commandLineTools) {
    it(`has just the variables of ${tool.name}, whole, and a question that says what that means`, async () => {
      await open(exposed["the desktop with a remote"] as Place, tool);
      deepEqual(opened[0]?.env, tool.environment({ ...session, model: "vendor/model" }));
      deepEqual(handedOver, [tool.id]);
      // Also those that are empty: the user's own Anthropic key, from a start-up file, would go to OpenRouter.
      for (const name of Object.keys(opened[0]?.env ?? {})) match(opened[0]?.message ?? "", new RegExp(name));
      const [[question = "", options] = ["", undefined]] = asked;
      if (tool !== anyTool) ok(question.includes(tool.name), question);
      equal(options?.detail?.includes("Model: vendor/model"), tool.asksForModel);
      if (tool.endBackground) ok(options?.detail?.includes(tool.endBackground), "how to end what goes on");
      doesNotMatch(JSON.stringify([asked, opened[0]?.message]), /0123456789/);
      const command = tool.command?.(toolStart({ ...session, model: "vendor/model" }));
      if (command) ok(opened[0]?.message?.includes(command), "how to start it");
    });
  }

  it("says where a tool sends the key to another server than the user's", async () => {
    const gateway = { ...session, baseUrl: "https://gateway.example" };
    for (const tool of commandLineTools) {
      asked = [];
      await open(notExposed["the desktop"] as Place, tool, gateway);
      const detail = asked[0]?.[1].detail ?? "";
      equal(detail.includes("openrouter.ai, not to https://gateway.example"), tool.ignoresBaseUrl === true);
      asked = [];
      await open(notExposed["the desktop"] as Place, tool);
      doesNotMatch(asked[0]?.[1].detail ?? "", /openrouter\.ai, not/);
    }
  });

  it("isn't opened without a model, where the tool needs one", async () => {
    model = undefined;
    for (const tool of commandLineTools.filter(({ asksForModel }) => asksForModel))
      await open(notExposed["the desktop"] as Place, tool);
    deepEqual([asked.length, opened.length, handedOver.length], [0, 0, 0]);
  });

  it("isn't opened by copying Codex's settings instead, which contain no key", async () => {
    const codex = commandLineTools.find(({ settingsLines }) => settingsLines);
    answer = "Copy Lines for config.toml";
    await open(notExposed["the desktop"] as Place, codex);
    deepEqual([opened.length, handedOver.length], [0, 0]);
    const copied = await env.clipboard.readText();
    match(copied, /^model_provider = "openrouter"$/m);
    doesNotMatch(copied, /0123456789/);
    await env.clipboard.writeText("");
    const [next, button] = asked[1] ?? [];
    match(next ?? "", /Paste them into its config.toml/);
    equal(button, "Open Terminal", "without a button, VS Code cuts the message to one line");
  });

  it("isn't offered where there are no terminals", async () => {
    changeEnv({ uiKind: UIKind.Web, remoteName: undefined });
    answer = undefined;
    terminals = new KeyTerminals({ extensionHost: "webWorker" } as ToolServices, () => {});
    await terminals.open(session, anyTool);
    deepEqual(opened, []);
    match(asked[0]?.[0] ?? "", /no terminals in this window/);
  });
});
