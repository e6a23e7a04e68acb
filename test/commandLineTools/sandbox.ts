import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { CommandLineTool, ToolAccess, ToolStart } from "../../src/tools/commandLineTool";
import { commandLineTools } from "../../src/tools/commandLineTools";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { temporaryFolder } from "../tools/lifetime.mjs";
import { downloads } from "../tools/paths.mjs";
import { type OwnProcess, ownProcesses } from "./ownProcesses";
import { type Ended, runInShell } from "./runInShell";
import { runInTerminal } from "./runInTerminal";
import { model, startServers } from "./servers";
import { toolFolder } from "./toolVersions.mjs";

/** A real tool with a home folder and a project of its own, our fake OpenRouter, and a server that must get nothing. */
export interface Sandbox {
  readonly tool: CommandLineTool;
  readonly access: ToolAccess & ToolStart;
  readonly fakeOpenRouter: FakeOpenRouter;
  readonly otherServer: FakeOpenRouter;
  /** Absolute paths. */
  readonly home: string;
  readonly project: string;
  /** Writes a file below one of its folders. */
  write(folder: Folder, path: string, content: string | object): void;
  read(folder: Folder, path: string): string;
  /** The paths of the files that have our key in them. */
  filesWithKey(): string[];
  /** Deletes all that is in a folder. */
  clear(folder: Folder): void;
  /** Runs a command in a shell, with the variables of our table, and others of the user's own. */
  run(command: string, environment?: Readonly<Record<string, string>>, shell?: string): Promise<Ended>;
  /** Runs a command in a terminal, as far as it has to go. */
  show(command: string, isDone: () => boolean): Promise<void>;
  /** What the tool left running. */
  left(): OwnProcess[];
  close(): Promise<void>;
}

/** `tmp` is for temporary files. */
type Folder = "home" | "project" | "tmp";

/** @param options.path where OpenRouter is, as behind a gateway */
export async function openSandbox(id: string, options: { path?: string } = {}): Promise<Sandbox> {
  const tool = commandLineTools.find((tool) => tool.id === id);
  assert.ok(tool, id);
  const { path, remove } = temporaryFolder("commandLineTool");
  const [home, project] = [join(path, "home"), join(path, "project")];
  const temporary = join(path, "tmp");
  for (const folder of [home, project, temporary]) mkdirSync(folder);
  const { fakeOpenRouter, otherServer } = await startServers(options);
  const access = {
    key: fakeOpenRouter.addKey().key,
    baseUrl: fakeOpenRouter.url,
    model,
    prompt: "…",
    instructions: "Ask VS Code for a terminal.",
  };
  const programs = join(downloads, toolFolder(id), "node_modules/.bin");

  const environment = (others: Readonly<Record<string, string>> = {}) => ({
    HOME: home,
    TMPDIR: temporary,
    PATH: [programs, dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    ...staySame,
    ...others,
    ...tool.environment(access),
  });

  const redacted = (text: string) => text.replaceAll(access.key, "<our key>");

  return {
    tool,
    access,
    fakeOpenRouter,
    otherServer,
    home,
    project,
    write(folder, name, content) {
      const file = join(path, folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    },
    read: (folder, name) => readFileSync(join(path, folder, name), "utf8"),
    filesWithKey: () =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => readFileSync(file).includes(access.key))
        .map((file) => relative(path, file)),
    clear(folder) {
      rmSync(join(path, folder), { recursive: true });
      mkdirSync(join(path, folder));
    },
    async run(command, others = {}, shell = "sh") {
      const output = join(path, "output.txt");
      const run = { shell, command, folder: project, output, environment: environment(others) };
      const { end, text } = await runInShell(run);
      return { end, text: redacted(text) };
    },
    show: (command, isDone) =>
      runInTerminal({ command, folder: project, environment: environment() }, isDone).catch((error) => {
        throw new Error(redacted(String(error)));
      }),
    left: () => ownProcesses(home),
    async close() {
      for (const { id } of ownProcesses(home)) end(id);
      await Promise.all([fakeOpenRouter.close(), otherServer.close()]);
      remove();
    },
  };
}

/** So that no tool replaces itself by a newer one. */
const staySame = {
  COPILOT_AUTO_UPDATE: "false",
  DISABLE_AUTOUPDATER: "1",
  KILO_DISABLE_AUTOUPDATE: "1",
  OPENCODE_DISABLE_AUTOUPDATE: "1",
};

function end(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
