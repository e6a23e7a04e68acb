// Uses only Node itself, since it runs before anything is installed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./lifetime.mjs";

const root = join(import.meta.dirname, "../..");

/**
 * Runs npm until it ends.
 * @param {string[]} args
 * @param {string} folder
 * @param {import("node:child_process").StdioOptions} [stdio]
 * @returns {Promise<void>} rejects when it fails
 */
export async function npm(args, folder, stdio = "inherit") {
  // Within `npm test`, npm sets npm_execpath. Otherwise, Windows needs a shell to start npm.cmd.
  const script = process.env.npm_execpath;
  if (script) await runCommand(process.execPath, [script, ...args], { cwd: folder, stdio });
  else await runCommand("npm", args, { cwd: folder, stdio, shell: process.platform === "win32" });
}

/** Installs the packages of package-lock.json unless they are installed. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await npm(["ci", "--no-fund", "--no-audit", "--loglevel=error"], root);
}

/** After an installation, npm records what it installed in node_modules/.package-lock.json. */
function isInstalled() {
  const locked = lockedPackages("package-lock.json");
  const installed = lockedPackages("node_modules/.package-lock.json");
  return (
    [...locked].every(
      ([path, { optional, devOptional }]) => path === "" || optional || devOptional || installed.has(path),
    ) && [...installed].every(([path, { version }]) => locked.get(path)?.version === version)
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
