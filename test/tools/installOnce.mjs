// Packages that only some tests need, and that `npm install` would be slow with or fail at.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { downloads } from "./paths.mjs";

/**
 * Installs packages into .vscode-test where that hasn't been done.
 * @param {string} name of the folder
 * @param {string[]} packages with their versions
 * @param {(unfinished: string) => void | Promise<void>} finish what is left to do in the folder
 * @returns {Promise<string>} the folder's path
 */
export async function installOnce(name, packages, finish) {
  const folder = join(downloads, name);
  const stamp = JSON.stringify(packages);
  if (isInstalled(folder, stamp)) return folder;

  console.log(`Installing ${packages.join(" and ")} into .vscode-test. This is done once.`);
  // Done elsewhere and then renamed: an install that was interrupted is never taken for a whole one.
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, "package.json"), '{ "private": true }');
  await npmInstall(["--no-save", ...packages], unfinished);
  await finish(unfinished);
  writeFileSync(join(unfinished, "installed.json"), stamp);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return folder;
}

/**
 * @param {string[]} args
 * @param {string} folder
 */
export const npmInstall = (args, folder) =>
  npm(["install", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error", ...args], folder);

/**
 * @param {string} folder
 * @param {string} stamp
 */
const isInstalled = (folder, stamp) => {
  const file = join(folder, "installed.json");
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
};
