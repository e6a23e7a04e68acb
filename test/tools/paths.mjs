import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The project's folder, found from wherever this module runs: as a source file, or bundled into out/test.
 * @param {string} folder
 * @returns {string}
 */
const nearestPackage = (folder) =>
  existsSync(join(folder, "package.json")) ? folder : nearestPackage(dirname(folder));

export const root = nearestPackage(import.meta.dirname);

/** Where downloaded builds of VS Code are kept, @vscode/test-electron's too. */
export const downloads = join(root, ".vscode-test");
