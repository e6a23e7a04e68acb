// Packages that only some tests need, and that would make `npm install` slow or fail.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";
import { downloads } from "./paths.mjs";

/** @type {Map<string, Promise<string>>} */
const running = new Map();

/**
 * Installs packages into .vscode-test unless they are installed, or being installed by this process.
 * @param {string} name of the folder
 * @param {string[]} packages with their versions
 * @param {string} source the URL of the module that calls: if that changed, all is installed again. Not the text of
 *   `finish`, which Playwright's loader changes
 * @param {(unfinished: string) => void | Promise<void>} finish prepares the folder after the installation
 * @returns {Promise<string>} the folder's path
 */
export function installOnce(name, packages, source, finish) {
  const installation =
    running.get(name) ?? install(name, packages, source, finish).finally(() => running.delete(name));
  running.set(name, installation);
  return installation;
}

/** @type {typeof installOnce} */
async function install(name, packages, source, finish) {
  const folder = join(downloads, name);
  const hash = createHash("sha256")
    .update(readFileSync(new URL(source)))
    .digest("hex");
  const stamp = JSON.stringify([...packages, hash]);
  if (isInstalled(folder, stamp)) return folder;

  console.log(`Installing ${packages.join(" and ")} into .vscode-test. This happens only once.`);
  // Installed elsewhere and then renamed, so that an interrupted installation never counts as complete.
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
 * Prints only errors, since this may run while something else prints.
 * @param {string[]} args
 * @param {string} folder
 */
export const npmInstall = (args, folder) =>
  npm(["install", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error", ...args], folder, [
    "ignore",
    "ignore",
    "inherit",
  ]);

/**
 * @param {string} folder
 * @param {string} stamp
 */
const isInstalled = (folder, stamp) => {
  const file = join(folder, "installed.json");
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
};
