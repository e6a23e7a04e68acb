import { extensions, Uri } from "vscode";
import type { RecordedRequest } from "../fakeOpenRouter/fakeOpenRouter";
import type { WebTestsControl } from "../tools/webTests.mjs";

/** How many tests ran, and their results. */
export interface TestsResult {
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

export function ourExtension() {
  const extension = extensions.getExtension("connect-openrouter.connect-openrouter");
  if (!extension) throw new Error("The extension is not installed");
  return extension;
}

/** The URLs of the fake OpenRouter, and of the runner, which does what only Node can. */
export async function control(): Promise<WebTestsControl> {
  const file = Uri.joinPath(ourExtension().extensionUri, "out/test/web/control.json");
  return (await fetch(file.toString(true))).json();
}

/** Authorizes on OpenRouter's page. Returns where it redirects to, and the code. */
export async function authorize(url: string): Promise<{ location?: string; code: string }> {
  const { runner } = await control();
  return (await fetch(`${runner}/authorize`, { method: "POST", body: url })).json();
}

/** The keys that OpenRouter issued, oldest first. */
export async function issuedKeys(): Promise<string[]> {
  const { runner } = await control();
  return (await fetch(`${runner}/keys`)).json();
}

/** The requests that OpenRouter received, oldest first. */
export async function requests(): Promise<RecordedRequest[]> {
  const { runner } = await control();
  return (await fetch(`${runner}/requests`)).json();
}

/**
 * Lets the next chats go wrong, by a name in `streamFaults` or `chatProblems`, or none. Returns a key for them.
 */
export async function misbehaveInChat(fault: { stream?: string; problem?: string }): Promise<string> {
  const { runner } = await control();
  return (await fetch(`${runner}/misbehave`, { method: "POST", body: JSON.stringify(fault) })).text();
}

export async function sendResult(result: TestsResult): Promise<void> {
  const { runner } = await control();
  await fetch(`${runner}/result`, { method: "POST", body: JSON.stringify(result) });
}
