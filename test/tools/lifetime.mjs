// What a process starts ends with it: at its end, on Ctrl-C, and when it is told to stop.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** @type {Set<() => void>} */
const endings = new Set();
let listening = false;

/**
 * Runs `action`, which must be synchronous, when this process ends.
 * @param {() => void} action
 * @returns {() => void} forgets the action
 */
export function atEnd(action) {
  if (!listening) listen();
  endings.add(action);
  return () => endings.delete(action);
}

const listen = () => {
  listening = true;
  process.on("exit", runEndings);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
};

const runEndings = () => {
  // The latest first: a process lets go of its folder before the folder goes.
  for (const action of [...endings].reverse()) action();
  endings.clear();
};

/**
 * Makes a folder that is deleted at the latest when this process ends.
 * @param {string} name
 */
export function temporaryFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const forget = atEnd(remove);
  return {
    path,
    remove: () => {
      forget();
      remove();
    },
  };
}

/**
 * Starts a command that ends, with all its children, at the latest when this process does.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export function startGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: process.platform !== "win32" });
  const ended = new Promise((resolve) => child.once("close", resolve).once("error", resolve));

  /** @param {NodeJS.Signals} signal */
  const signalGroup = (signal) => {
    if (child.pid === undefined) return;
    try {
      if (process.platform === "win32") child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  };
  const forget = atEnd(() => signalGroup("SIGKILL"));

  const stop = async () => {
    signalGroup("SIGTERM");
    const patience = setTimeout(() => signalGroup("SIGKILL"), 3000);
    await ended;
    clearTimeout(patience);
    signalGroup("SIGKILL"); // Children that outlived the one we know.
    forget();
  };
  return { child, stop };
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<void>} rejects when it fails
 */
export async function runCommand(command, args, options) {
  const child = spawn(command, args, { stdio: "inherit", ...options });
  const forget = atEnd(() => child.kill());
  const [code, signal] = await once(child, "close");
  forget();
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code ?? signal}`);
}
