import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { temporaryFolder } from "../tools/lifetime.mjs";
import { expect } from "./fixtures";
import type { CodeWindow } from "./window";

const home = temporaryFolder("terminal-home");
const otherKey = "export OPENROUTER_API_KEY=sk-or-v1-another OPENROUTER_BASE_URL=https://another.example\n";
writeFileSync(join(home.path, ".bashrc"), `PS1='$ '\n${otherKey}`);
writeFileSync(join(home.path, ".bash_profile"), ". ~/.bashrc\n");

/** Settings with which terminals run bash, whose start-up files set another key. */
export const bashWithAnotherKey = Object.fromEntries(
  ["linux", "osx"].flatMap((os) => [
    [`terminal.integrated.defaultProfile.${os}`, "bash"],
    [`terminal.integrated.env.${os}`, { HOME: home.path }],
  ]),
);

/** The question before a terminal gets a key. */
export const terminalQuestion = /Open a terminal with API key VS Code \(sk-or-v1-\w{3}\.\.\.\w{4}\)\?/;

/** The row of the list of tools for a terminal with nothing but the key and its address. */
export const anyTool = "Any Tool That Reads OPENROUTER_API_KEY";

/** The active terminal. */
export const terminalOf = (window: CodeWindow): Locator =>
  window.page.locator(".terminal-wrapper.active .xterm-helper-textarea");

/** Expects the key with its address in the environment. Compares hashes, so that the key isn't on the screen. */
export async function expectKeyIn(
  window: CodeWindow,
  { key, baseUrl }: { readonly key: string | undefined; readonly baseUrl: string },
  file: string,
): Promise<void> {
  const printHash = 'printf %s "$OPENROUTER_API_KEY $OPENROUTER_BASE_URL" | sha256sum';
  const hash = await outputOf(window, printHash, file);
  const expected = createHash("sha256").update(`${key} ${baseUrl}/api/v1`).digest("hex");
  expect(hash.split(" ")[0]).toBe(expected);
}

/** The key that the fake OpenRouter issued, with its address. */
export const issuedKey = ({ keys, url }: FakeOpenRouter) => ({ key: keys[0]?.key, baseUrl: url });

/** Types the command until the shell, which may still be starting, has run it. Returns what it wrote to the file. */
export async function outputOf(window: CodeWindow, command: string, file: string): Promise<string> {
  await expect(terminalOf(window)).toBeAttached();
  const output = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
  await expect(async () => {
    await window.page.keyboard.insertText(`${command} > ${file}`); // typed, each letter takes the terminal 30 ms
    await window.page.keyboard.press("Enter");
    await expect.poll(output, { timeout: 5000 }).not.toBe("");
  }).toPass();
  return output();
}
