import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Whether `script` is here, and is the one of Linux. */
export const hasTerminal = process.platform === "linux" && existsSync("/usr/bin/script");

export interface TerminalRun {
  readonly command: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Runs a command as a user sees it, in a terminal, until something is so, and ends it with all that is in its process
 * group. Rejects with what was on the screen if it ends before, or takes longer than a minute.
 */
export async function runInTerminal(
  { command, folder, environment }: TerminalRun,
  isDone: () => boolean,
): Promise<void> {
  const shown = `stty rows 40 cols 120; ${command}`;
  const child = spawn("/usr/bin/script", ["-qfec", shown, "/dev/null"], {
    cwd: folder,
    env: environment,
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
  });
  let screen = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    // A terminal says where its cursor is, and which kind of terminal it is.
    if (text.includes("\x1b[6n")) child.stdin.write("\x1b[1;1R");
    if (text.includes("\x1b[c")) child.stdin.write("\x1b[?62;22c");
  });
  const closed = once(child, "close");
  const latest = Date.now() + 60_000;
  try {
    while (!isDone()) {
      if (child.exitCode !== null || Date.now() > latest) throw new Error(`On the screen:\n${screen}`);
      await delay(50);
    }
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await closed;
  }
}
