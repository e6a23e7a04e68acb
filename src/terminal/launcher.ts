// Runs in the new terminal, in Node: fetches the environment from the extension, once, and hands it to the shell.
import { spawn } from "node:child_process";
import { connect } from "node:net";
import process from "node:process";
import { shellQuote } from "../common/shellQuote";
import type { Launch } from "./launch";

const { ELECTRON_RUN_AS_NODE, VSCODE_ENV_REPLACE, VSCODE_INJECTION, WSLENV, ...inherited } = process.env;
const { path, token, note, failure, command }: Launch = JSON.parse(process.argv[2] ?? "");

let text = "";
const socket = connect(path);
socket.setEncoding("utf8");
socket.on("data", (chunk) => {
  text += chunk;
});
socket.on("error", () => {}); // there is no text then
socket.on("close", () => {
  if (text === "") fail(failure); // another client was first, or the time was up
  const environment: Record<string, string> = JSON.parse(text);
  const isIntegrated = VSCODE_INJECTION === "1";
  if (!isIntegrated) process.stderr.write(`${note}\n`);
  if (command) run(command, environment);
  else print(isIntegrated ? { ...environment, VSCODE_ENV_REPLACE: replacing(environment) } : environment);
});
socket.write(`${token}\n`);

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function print(environment: Record<string, string>): void {
  for (const [name, value] of Object.entries(environment))
    process.stdout.write(`export ${name}=${shellQuote(value)}\n`);
}

/**
 * VS Code's shell integration sets these variables after the start-up files have run, so that none of them wins: it
 * does so for the variables that extensions contribute (`EnvironmentVariableCollection`).
 */
const replacing = (environment: Record<string, string>) =>
  list(
    VSCODE_ENV_REPLACE,
    Object.entries(environment).map(([name, value]) => `${name}=${value.replaceAll(":", "\\x3a")}`),
  );

/** Stays until the program ends, since a program can't become another one on Windows. */
function run([program, ...args]: NonNullable<Launch["command"]>, environment: Record<string, string>): void {
  process.on("SIGINT", () => {}); // Ctrl+C is for the shell
  // The variables that a shell in WSL gets as well (WSL docs, "Share environment variables between Windows and WSL").
  const env = { ...inherited, ...environment, WSLENV: list(WSLENV, Object.keys(environment)) };
  spawn(program, args, { stdio: "inherit", env })
    .on("error", ({ message }) => fail(message))
    .on("exit", (code) => process.exit(code ?? 1));
}

function list(first: string | undefined, others: string[]): string {
  return [...(first ? [first] : []), ...others].join(":");
}
