import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CommandLineTool, ToolAccess } from "../../src/tools/commandLineTool";
import { commandLineTools } from "../../src/tools/commandLineTools";
import { createModel } from "../fakeOpenRouter/fakeModel";
import { type FakeOpenRouter, startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { temporaryFolder } from "../tools/lifetime.mjs";
import { downloads } from "../tools/paths.mjs";
import { type OwnProcess, ownProcesses } from "./ownProcesses";
import { type Ended, runInShell } from "./runInShell";
import { toolFolder } from "./toolVersions.mjs";

export const answer = "The lighthouse is painted green.";
export const question = "Which color has the lighthouse";

/** No tool has heard of it. */
export const model = "acme/unheard-of-1.5";

/** A real tool with a home folder and a project of its own, our fake OpenRouter, and a server that must get nothing. */
export interface Sandbox {
  readonly tool: CommandLineTool;
  readonly access: ToolAccess;
  readonly fakeOpenRouter: FakeOpenRouter;
  readonly otherServer: FakeOpenRouter;
  /** Absolute paths. */
  readonly home: string;
  readonly project: string;
  /** Writes a file below one of its folders. */
  write(folder: Folder, path: string, content: string | object): void;
  read(folder: Folder, path: string): string;
  /** Deletes all that is in a folder. */
  clear(folder: Folder): void;
  /** Runs a command in a shell, with the variables of our table, and others of the user's own. */
  run(command: string, environment?: Readonly<Record<string, string>>, shell?: string): Promise<Ended>;
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
  const [fakeOpenRouter, otherServer] = [await startFakeOpenRouter(options), await startFakeOpenRouter()];
  // At once, instead of a failure that is tried again.
  otherServer.misbehave({ all: { answer: { status: 400 } } });
  fakeOpenRouter.answer({ parts: [answer] });
  const large = { context_length: 1_000_000, max_completion_tokens: 128_000, is_moderated: false };
  fakeOpenRouter.models = [model, ...claudes].map((id) => createModel({ id, top_provider: large }));
  const access = { key: fakeOpenRouter.addKey().key, baseUrl: fakeOpenRouter.url, model };
  const programs = join(downloads, toolFolder(id), "node_modules/.bin");

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
    clear(folder) {
      rmSync(join(path, folder), { recursive: true });
      mkdirSync(join(path, folder));
    },
    run: (command, environment = {}, shell = "sh") =>
      runInShell({
        shell,
        command,
        folder: project,
        output: join(path, "output.txt"),
        environment: {
          HOME: home,
          TMPDIR: temporary,
          PATH: [programs, dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
          LANG: "C.UTF-8",
          TERM: "dumb",
          ...staySame,
          ...environment,
          ...tool.environment(access),
        },
      }),
    left: () => ownProcesses(home),
    async close() {
      for (const { id } of ownProcesses(home)) end(id);
      await Promise.all([fakeOpenRouter.close(), otherServer.close()]);
      remove();
    },
  };
}

/** Claude Code asks for these when no model is chosen. */
const claudes = ["opus-5.5", "sonnet-5", "haiku-4.5"].map((name) => `anthropic/claude-${name}`);

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
