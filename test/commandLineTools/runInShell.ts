import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

export interface ShellRun {
  readonly shell: string;
  readonly command: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The file for what is printed. Not a pipe, which a process that stays would keep open. */
  readonly output: string;
}

export interface Ended {
  /** The exit code, the signal, or that it took too long. */
  readonly end: number | string | null;
  readonly text: string;
}

/** Milliseconds that a command may take. */
const longest = 120_000;

/** Runs a command in a shell until it ends, and ends it if it takes too long. It gets only this environment. */
export async function runInShell({ shell, command, folder, environment, output }: ShellRun): Promise<Ended> {
  const file = openSync(output, "w");
  const child = spawn(shell, ["-c", command], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", file, file],
    detached: true,
  });
  closeSync(file);
  const end = await new Promise<Ended["end"]>((resolve, reject) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      resolve(`still running after ${longest / 1000} s`);
    }, longest);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? signal);
    });
  });
  return { end, text: readFileSync(output, "utf8") };
}
