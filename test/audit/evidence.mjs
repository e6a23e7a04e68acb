// Keeps what a real VS Code showed, logged and wrote during the tests, for the audit.
import { appendFileSync, cpSync, lstatSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tools/paths.mjs";
import { noteSecret } from "./secrets.mjs";
import { storedInBrowser, watchPage } from "./watchPage.mjs";

/** The folder of a stage's evidence. @param {string} stage */
export const evidenceOf = (stage) => join(root, "out/evidence", stage);

/** Makes the stage keep new evidence, in all processes that it starts. @param {string} stage */
export function startEvidence(stage) {
  const folder = evidenceOf(stage);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.env.EVIDENCE = folder;
}

/** The folder for the evidence of one VS Code. @param {string} name */
export function evidenceFolder(name) {
  const folder = join(process.env.EVIDENCE ?? evidenceOf("alone"), name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Keeps the browser's console, what VS Code shows, and its state. Notes the secrets that it stores.
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} origin of VS Code
 * @param {string} folder
 */
export async function watchBrowser(context, origin, folder) {
  /** @type {(kind: string, text: string) => void} */
  const keep = (kind, text) => appendFileSync(join(folder, `${kind}.log`), `${text}\n`);
  // From workers; pages report their own.
  context.on("console", (message) => keep("console", `[${message.type()}] ${message.text()}`));
  context.on("weberror", (error) => keep("console", `[uncaught] ${error.error().stack}`));
  /** @type {import("./watchPage.mjs").KeepEvidence} */
  const keepEvidence = (evidence) => {
    for (const { kind, text } of evidence) kind === "secrets" ? noteStored(text) : keep(kind, text);
  };
  await context.exposeFunction("keepEvidence", keepEvidence);
  await context.addInitScript(watchPage, origin);
  return {
    /** Call this while a page of VS Code is open. */
    async keepStorage() {
      for (const page of context.pages()) {
        if (!page.url().startsWith(origin)) continue;
        await page.evaluate(() => Reflect.get(window, "sendEvidence")());
        for (const { kind, text } of await page.evaluate(storedInBrowser)) keep(kind, text);
      }
    },
  };
}

/** Keeps the files of a user data directory: settings, state and logs. @param {string} userData @param {string} folder */
export function keepUserData(userData, folder) {
  cpSync(userData, join(folder, "user-data"), {
    recursive: true,
    filter: (path) => lstatSync(path).isDirectory() || lstatSync(path).isFile(), // no sockets
  });
}

/**
 * Notes the keys and verifiers of our extension.
 * @param {string} text the whole content of VS Code's secret store
 */
function noteStored(text) {
  for (const [name, value] of Object.entries(JSON.parse(text))) {
    if (!name.includes('"connect-openrouter.connect-openrouter"') || !value.startsWith("{")) continue;
    const { key, codeVerifier } = JSON.parse(value);
    noteSecret("secret store", "key", key);
    noteSecret("secret store", "verifier", codeVerifier);
  }
}
