import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Finds the project's folder, whether this module runs as a source file or bundled into out/test.
 * @param {string} folder
 * @returns {string}
 */
const nearestPackage = (folder) =>
  existsSync(join(folder, "package.json")) ? folder : nearestPackage(dirname(folder));

export const root = nearestPackage(import.meta.dirname);

/** The folder for downloaded builds of VS Code, also those of @vscode/test-electron. */
export const downloads = join(root, ".vscode-test");
