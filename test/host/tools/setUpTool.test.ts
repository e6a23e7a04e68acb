import { deepEqual, equal, ok } from "node:assert/strict";
import { commands, ExtensionKind, env, type QuickPickItem, QuickPickItemKind, UIKind, window } from "vscode";
import { createTools } from "../../../src/tools";
import type { CommandLineTool } from "../../../src/tools/commandLineTool";
import { anyTool, commandLineTools } from "../../../src/tools/commandLineTools";
import { toolExtensions } from "../../../src/tools/toolExtensions";
import { setUpTool } from "../../../src/vscode/tools/setUpTool";
import type { ToolServices } from "../../../src/vscode/tools/toolServices";

describe("Set Up a Tool", () => {
  const original = Object.getOwnPropertyDescriptors(env);
  const { showQuickPick, showInformationMessage } = window;
  const { executeCommand, getCommands } = commands;
  const { PATH } = process.env;
  let rows: QuickPickItem[];
  let did: unknown[];
  let messages: unknown[][];
  let answer: string | undefined;
  /** The label of the row to choose. */
  let choice: string | undefined;
  let views: string[];
  let chatCommands: string[];
  let listOpened: () => void;

  beforeEach(() => {
    listOpened = () => {};
    [rows, did, messages, answer, choice, views] = [[], [], [], undefined, undefined, []];
    chatCommands = ["workbench.action.chat.open"];
    Object.defineProperty(env, "uiKind", { configurable: true, value: UIKind.Desktop });
    Object.defineProperty(env, "remoteName", { configurable: true, value: undefined });
    Object.assign(window, {
      showQuickPick: async (items: Promise<QuickPickItem[]>) => {
        listOpened();
        rows = await items;
        return rows.find(({ label }) => label === choice);
      },
      showInformationMessage: async (...message: unknown[]) => {
        messages.push(message);
        return answer;
      },
    });
    Object.assign(commands, {
      executeCommand: async (...command: unknown[]) => {
        if (command[0] !== "setContext") did.push(command); // that is the extension itself, as it starts
      },
      getCommands: async () => [...chatCommands, ...views.map((view) => `${view}.focus`)],
    });
    process.env.PATH = "/nowhere";
  });
  afterEach(() => {
    Object.defineProperties(env, original);
    Object.assign(window, { showQuickPick, showInformationMessage });
    Object.assign(commands, { executeCommand, getCommands });
    process.env.PATH = PATH;
  });

  async function setUp({ extensionHost = "node" }: Partial<ToolServices> = {}) {
    const context = { extension: { extensionKind: ExtensionKind.Workspace } };
    const services = { context, extensionHost } as unknown as ToolServices;
    await setUpTool(services, async ({ id }: CommandLineTool) => void did.push(id));
  }
  /** The labels below this separator. */
  const below = (section: string) => {
    const start = rows.findIndex(({ label }) => label === section) + 1;
    const end = rows.findIndex(({ kind }, i) => i >= start && kind === QuickPickItemKind.Separator);
    return start === 0 ? [] : rows.slice(start, end < 0 ? undefined : end).map(({ label }) => label);
  };
  const anyLabel = "Any Tool That Reads OPENROUTER_API_KEY";
  const names = commandLineTools.filter((tool) => tool !== anyTool).map(({ name }) => name);
  const extensionNames = toolExtensions.map(({ name }) => name);

  it("tells what is here from what isn't, and what each gets", async () => {
    views = [toolExtensions[0]?.view ?? ""];
    await setUp();
    deepEqual(below("In this editor"), ["VS Code's Chat", "Cline", "Other Extensions"]);
    deepEqual(below("Command-line tools"), [anyLabel]);
    deepEqual(below("Not found"), ["Zoo Code", ...names]);
    const all = rows.filter(({ kind }) => kind !== QuickPickItemKind.Separator);
    ok(all.every(({ detail }) => detail));
    deepEqual(did, [], "closed: nothing happens");
  });

  it("doesn't say what isn't here where it can't see that", async () => {
    await setUp({ extensionHost: "webWorker" });
    deepEqual(below("Command-line tools"), [...names, anyLabel]);
    deepEqual(below("Not found"), extensionNames);
  });

  it("offers no chat where the editor has none that takes our models", async () => {
    chatCommands = [];
    await setUp();
    deepEqual(below("In this editor"), ["Other Extensions"]);
    chatCommands = ["workbench.action.chat.open"];
    Object.defineProperty(env, "uriScheme", { configurable: true, value: "cursor" });
    await setUp();
    deepEqual(below("In this editor"), ["Other Extensions"]);
    chatCommands.push("lm.addLanguageModelsProviderGroup");
    await setUp();
    deepEqual(below("In this editor"), ["VS Code's Chat", "Other Extensions"]);
  });

  it("offers no terminals where VS Code has none", async () => {
    Object.defineProperty(env, "uiKind", { configurable: true, value: UIKind.Web });
    await setUp({ extensionHost: "webWorker" });
    deepEqual(below("Command-line tools"), []);
    deepEqual(below("Not found"), extensionNames);
  });

  it("opens the list while it still looks for what is here", async () => {
    let found: (all: string[]) => void = () => {};
    const looking = new Promise<string[]>((resolve) => {
      found = resolve;
    });
    Object.assign(commands, { getCommands: () => looking });
    const opened = new Promise<void>((resolve) => {
      listOpened = resolve;
    });
    const done = setUp();
    await opened;
    deepEqual(rows, []);
    found([]);
    await done;
    deepEqual(below("Not found"), [...extensionNames, ...names]);
  });

  it("opens the chat, the list of extensions, and terminals", async () => {
    for (const label of ["VS Code's Chat", "Other Extensions", anyLabel]) {
      choice = label;
      await setUp();
    }
    deepEqual(did, [
      ["connectOpenRouter.chatWithModels"],
      ["connectOpenRouter.manageModelAccess"],
      "anyTool",
    ]);
  });

  it("says how a missing tool is installed, and opens its terminal all the same", async () => {
    choice = "Codex";
    await setUp();
    const install = "npm install -g @openai/codex";
    deepEqual(messages, [
      [
        `Codex wasn't found on the PATH. To install it, run: ${install}`,
        "Copy Install Command",
        "Open Terminal",
      ],
    ]);
    answer = "Copy Install Command";
    await setUp();
    equal(await env.clipboard.readText(), install);
    deepEqual(did, []);
    answer = "Open Terminal";
    await setUp();
    deepEqual(did, ["codex"]);
    choice = "Zed";
    await setUp();
    equal(messages.at(-1)?.[0], "Zed wasn't found on the PATH. Install it, then try again.");
  });

  it("says the same to who opens a terminal, and a terminal profile isn't held up by that", async () => {
    choice = "Codex";
    const state = { get: () => undefined, update: async () => {} };
    const context = { extension: { extensionKind: ExtensionKind.Workspace } };
    const services = { context, extensionHost: "node", state, activeSession: async () => ({}) };
    const tools = createTools(services as unknown as ToolServices);
    await tools.openTerminal(undefined);
    equal(await tools.terminalProfile(), undefined);
    const about = "Codex wasn't found on the PATH. To install it, run: npm install -g @openai/codex";
    deepEqual(
      messages.map(([message]) => message),
      [about, about],
    );
    tools.dispose();
  });
});
