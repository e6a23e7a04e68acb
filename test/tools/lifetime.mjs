// Ends what a process started when the process ends, also on Ctrl-C and other signals.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** @type {Set<() => void>} */
const endActions = new Set();
let listening = false;

/**
 * Runs `action`, which must be synchronous, when this process ends.
 * @param {() => void} action
 * @returns {() => void} cancels the action
 */
export function atEnd(action) {
  if (!listening) listen();
  endActions.add(action);
  return () => endActions.delete(action);
}

const listen = () => {
  listening = true;
  process.on("exit", runEndActions);
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
};

const runEndActions = () => {
  // The latest first: a process must end before its folder is deleted.
  for (const action of [...endActions].reverse()) action();
  endActions.clear();
};

/**
 * Creates a folder that is deleted when this process ends, unless it was removed before.
 * @param {string} name
 */
export function temporaryFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const cancelEndAction = atEnd(remove);
  return {
    path,
    remove: () => {
      cancelEndAction();
      remove();
    },
  };
}

/**
 * Starts a command that ends, with all its children, when this process ends, unless it was stopped before.
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
      // It has already ended.
    }
  };
  const cancelEndAction = atEnd(() => signalGroup("SIGKILL"));

  const stop = async () => {
    signalGroup("SIGTERM");
    const timeout = setTimeout(() => signalGroup("SIGKILL"), 3000);
    await ended;
    clearTimeout(timeout);
    signalGroup("SIGKILL"); // For children that outlived the process itself.
    cancelEndAction();
  };
  return { child, stop };
}

/**
 * Runs a command that doesn't read from the terminal until it ends, and then ends what it left running.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<void>} rejects when it fails
 */
export async function runGroup(command, args, options) {
  const { child, stop } = startGroup(command, args, { stdio: "inherit", ...options });
  const [code, signal] = await once(child, "close");
  await stop();
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code ?? signal}`);
}

/**
 * Runs a command until it ends, and keeps what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{ text: string, failure?: string }>}
 */
export async function commandOutput(command, args, options) {
  const { child, stop } = startGroup(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (/** @type {string} */ part) => {
      text += part;
    });
  }
  const [code, signal] = await once(child, "close");
  await stop();
  return {
    text,
    ...(code !== 0 && { failure: `${[command, ...args].join(" ")} ended with ${code ?? signal}` }),
  };
}

/**
 * Runs a command until it ends.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<void>} rejects when it fails
 */
export async function runCommand(command, args, options) {
  const child = spawn(command, args, { stdio: "inherit", ...options });
  const cancelEndAction = atEnd(() => child.kill());
  const [code, signal] = await once(child, "close");
  cancelEndAction();
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code ?? signal}`);
}
