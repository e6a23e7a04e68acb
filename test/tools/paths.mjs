import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Finds the project's folder, whether this module runs as a source file or bundled into out/test.
 * @param {string} folder
 * @returns {string}
 */
const nearestLockFile = (folder) =>
  existsSync(join(folder, "package-lock.json")) ? folder : nearestLockFile(dirname(folder));

export const root = nearestLockFile(import.meta.dirname);

/** The folder for downloaded builds of VS Code, also those of @vscode/test-electron. */
export const downloads = join(root, ".vscode-test");
