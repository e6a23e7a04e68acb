// Plain Node, before anything is installed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./lifetime.mjs";

const root = join(import.meta.dirname, "../..");

/**
 * Runs npm to its end.
 * @param {string[]} args
 * @param {string} folder
 * @returns {Promise<void>} rejects when it fails
 */
export async function npm(args, folder) {
  // Within `npm test` npm tells where it is. Elsewhere Windows needs a shell to start npm.cmd.
  const self = process.env.npm_execpath;
  if (self) await runCommand(process.execPath, [self, ...args], { cwd: folder });
  else await runCommand("npm", args, { cwd: folder, shell: process.platform === "win32" });
}

/** Installs what package-lock.json says, unless it is there. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await npm(["ci", "--no-fund", "--no-audit"], root);
}

/** npm writes down what it installed, when it is done: node_modules/.package-lock.json. */
function isInstalled() {
  const wanted = lockedPackages("package-lock.json");
  const installed = lockedPackages("node_modules/.package-lock.json");
  return (
    [...wanted].every(
      ([path, { optional, devOptional }]) => path === "" || optional || devOptional || installed.has(path),
    ) && [...installed].every(([path, { version }]) => wanted.get(path)?.version === version)
  );
}

/**
 * @param {string} file
 * @returns {Map<string, { version: string, optional?: boolean, devOptional?: boolean }>}
 */
function lockedPackages(file) {
  const path = join(root, file);
  return new Map(existsSync(path) ? Object.entries(JSON.parse(readFileSync(path, "utf8")).packages) : []);
}
