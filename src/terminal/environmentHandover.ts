import { shellQuote } from "../common/shellQuote";
import type { Launch } from "./launch";
import { startSingleUseSocket } from "./singleUseSocket";

/** A shell as VS Code starts it. */
export interface Shell {
  readonly path: string;
  readonly args: readonly string[];
}

/** How VS Code starts a terminal that fetches its environment: `TerminalOptions` that contain nothing of it. */
export interface Handover {
  readonly shellPath: string;
  readonly shellArgs: string[];
  readonly env?: Record<string, string>;
}

/** Milliseconds in which the terminal has to start. */
const time = 30_000;

/**
 * Waits for one terminal, which becomes the user's shell with this environment. VS Code shows the options of a
 * terminal to every extension, so the environment isn't among them: a launcher in the terminal fetches it from a
 * socket, once. Works only in Node, on the machine where the terminals are.
 * @param launcher the path of the bundle of launcher.ts
 * @param signal ends the wait
 */
export async function handOverEnvironment(
  environment: Readonly<Record<string, string>>,
  shell: Shell,
  launcher: string,
  texts: Pick<Launch, "note" | "failure">,
  signal: AbortSignal,
): Promise<Handover> {
  const { default: process } = await import("node:process");
  const start = process.platform === "win32" ? onWindows : onPosix;
  return start(JSON.stringify(environment), shell, launcher, { token: random(), ...texts }, signal);
}

type Start = (
  text: string,
  shell: Shell,
  launcher: string,
  launch: Omit<Launch, "path">,
  signal: AbortSignal,
) => Promise<Handover>;

/**
 * A script fetches the environment and then becomes the shell. It's named like the shell, since VS Code tells by the
 * name how to integrate a shell.
 */
const onPosix: Start = async (text, shell, launcher, launch, signal) => {
  const { default: process } = await import("node:process");
  const { tmpdir } = await import("node:os");
  const { rmSync } = await import("node:fs");
  const { access, constants, mkdtemp, writeFile } = await import("node:fs/promises");
  // The path of a socket has at most 103 bytes on macOS (unix(4)), of which 33 are ours.
  const parent = tmpdir().length <= 70 ? tmpdir() : "/tmp";
  const folder = await mkdtemp(`${parent}/connect-openrouter-`); // for this user only
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const path = `${folder}/socket`;
    const script = `${folder}/${shell.path.split("/").at(-1)}`;
    const words = [process.execPath, launcher, JSON.stringify({ ...launch, path })].map(shellQuote).join(" ");
    await writeFile(script, posixScript(words, shell.path), { mode: 0o700 });
    const canRun = await access(script, constants.X_OK).then(
      () => true,
      () => false, // programs in temporary folders aren't allowed
    );
    await startSingleUseSocket({ ...launch, path }, text, { time, signal, ended: remove });
    return canRun
      ? { shellPath: script, shellArgs: [...shell.args] }
      : { shellPath: "/bin/sh", shellArgs: [script, ...shell.args] };
  } catch (error) {
    remove();
    throw error;
  }
};

const posixScript = (launcher: string, shell: string) => `#!/bin/sh
__connect_openrouter=$(NODE_OPTIONS= ELECTRON_RUN_AS_NODE=1 ${launcher}) || exit
eval "$__connect_openrouter"
unset __connect_openrouter
exec ${shellQuote(shell)} "$@"
`;

const onWindows: Start = async (text, shell, launcher, launch, signal) => {
  const { default: process } = await import("node:process");
  const path = `\\\\.\\pipe\\connect-openrouter-${random()}`;
  await startSingleUseSocket({ ...launch, path }, text, { time, signal, ended: () => {} });
  const whole: Launch = { ...launch, path, command: [shell.path, ...shell.args] };
  const env = { ELECTRON_RUN_AS_NODE: "1" };
  return { shellPath: process.execPath, shellArgs: [launcher, JSON.stringify(whole)], env };
};

/** 256 bits, as hex digits. */
const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
