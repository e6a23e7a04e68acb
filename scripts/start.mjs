// npm start: runs the extension in a real VS Code. Also works on a fresh clone. Ctrl-C stops everything.
//   npm start                in a browser window, with a fake OpenRouter
//   npm start -- --live      with the real OpenRouter
//   npm start -- --desktop   in the desktop VS Code, which Windows always uses
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { codeServerIsAvailable } from "../test/tools/codeServer.mjs";
import { atEnd, runCommand } from "../test/tools/lifetime.mjs";
import { ensureInstalled } from "../test/tools/npm.mjs";
import { downloads, root } from "../test/tools/paths.mjs";
import { freePort } from "../test/tools/ports.mjs";
import { changeSettings } from "../test/tools/settings.mjs";
import { startWorkbenchServer } from "../test/tools/workbenchServer.mjs";

const { values } = parseArgs({ options: { live: { type: "boolean" }, desktop: { type: "boolean" } } });
process.chdir(root);
// Registered before all other handlers, since being stopped counts as success here.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));

await ensureInstalled();
await runCommand(process.execPath, ["esbuild.mjs", "--production", "--tests"]);
if (process.env.npm_lifecycle_event) await import("../test/tools/endWithParent.mjs");
// These import installed packages.
const { findDesktop, startDesktop } = await import("../test/tools/desktop.mjs");
const { packageExtensions, packages } = await import("../test/tools/package.mjs");

// Fixed ports, since what VS Code stores belongs to these origins and is to be found at the next start.
const ports = { workbench: 18230, fakeOpenRouter: 18231 };
const folder = join(downloads, "start");
const fakeOpenRouter = values.live ? undefined : await startFakeOpenRouter();
// Without the chat, which the tests' settings turn off, there would be little to do with models.
const settings = { "connectOpenRouter.baseUrl": fakeOpenRouter?.url, "chat.disableAIFeatures": false };

if (values.desktop || !codeServerIsAvailable) {
  const executable = await findDesktop().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
  changeSettings(join(folder, "desktop/user-data"), settings);
  const closed = startDesktop(executable, join(folder, "desktop"));
  printInstructions("Its window is opening.");
  await closed;
  process.exit(0);
} else {
  await packageExtensions();
  changeSettings(join(folder, "browser/user-data"), settings);
  const server = await startWorkbenchServer({
    folder: join(folder, "browser"),
    extensions: [packages.extension, packages.consumer],
    trustedDomains: fakeOpenRouter ? [new URL(fakeOpenRouter.url).host] : [],
    port: await freePort(ports.workbench),
    builtIns: "chat",
  });
  const url = `${server.url}?ew=true`;
  openInBrowser(url);
  printInstructions(`Open ${url}`);
}

/** Starts a fake OpenRouter that still knows the keys it issued at earlier starts. */
async function startFakeOpenRouter() {
  /** @type {typeof import("../test/fakeOpenRouter/fakeOpenRouter")} */
  const { startFakeOpenRouter } = await import(
    pathToFileURL(join(root, "out/test/fakeOpenRouter/fakeOpenRouter.mjs")).href
  );
  const fakeOpenRouter = await startFakeOpenRouter({ port: ports.fakeOpenRouter }).catch(() =>
    startFakeOpenRouter(),
  );
  const [model] = fakeOpenRouter.models;
  // Claude Code asks for these when no model is chosen.
  for (const id of ["opus-5.5", "sonnet-5", "haiku-4.5"].map((name) => `anthropic/claude-${name}`)) {
    const top_provider = { context_length: 1_000_000, max_completion_tokens: 128_000, is_moderated: false };
    if (model) fakeOpenRouter.models.push({ ...model, id, canonical_slug: id, name: id, top_provider });
  }
  const file = join(folder, "keys.json");
  if (existsSync(file)) for (const key of JSON.parse(readFileSync(file, "utf8"))) fakeOpenRouter.addKey(key);
  mkdirSync(folder, { recursive: true });
  atEnd(() => writeFileSync(file, JSON.stringify(fakeOpenRouter.keys)));
  return fakeOpenRouter;
}

/** @param {string} url */
function openInBrowser(url) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  if (opener === "xdg-open" && !DISPLAY && !WAYLAND_DISPLAY) return;
  // The program may not exist. The URL is also printed.
  spawn(opener, [url], { stdio: "ignore" }).on("error", () => {});
}

/** @param {string} where */
function printInstructions(where) {
  const chat = `Then the chat, with OpenRouter's models.${fakeOpenRouter ? ` The fake's repeat what you ask; "call <tool> {…}" makes them call a tool.` : ""}`;
  console.log(`
VS Code is running. ${where}
It uses ${fakeOpenRouter ? `a fake OpenRouter at ${fakeOpenRouter.url}` : "the real OpenRouter"}. Ctrl-C stops everything.

Try F1 "Connect OpenRouter", choose a limit, and click Authorize on the page that opens.
Then F1 "Consumer: Ask": another extension gets the key, and shows its fingerprint in the status bar.
Then the Accounts menu at the bottom left, to see which extensions may use the key, and to sign out.
${chat}
Then F1 "Consumer: Ask A Model", where you say what it may spend, and F1 "OpenRouter: Show Spending".
Then F1 "OpenRouter: Set Up a Tool…", for the command-line tools that you have.
`);
}
