#!/usr/bin/env node
// Replaces the desktop `code` executable that @vscode/test-cli starts. It takes the same arguments, opens the
// workbench of code-server in headless Chromium, so that the tests run in a real Node extension host, and exits with
// that host's exit code.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { evidenceFolder, watchBrowser } from "../audit/evidence.mjs";
import { openChromium } from "./chromium.mjs";
import { ensureCodeServer } from "./codeServer.mjs";
import "./endWithParent.mjs";
import { startGroup, temporaryFolder } from "./lifetime.mjs";
import { printConsole } from "./workbenchConsole.mjs";

const limitInSeconds = 300;

// All other options (--no-sandbox, --disable-updates, --skip-welcome…) have no effect here.
const { values, positionals } = parseArgs({
  strict: false,
  options: {
    extensionDevelopmentPath: { type: "string", default: "." },
    extensionTestsPath: { type: "string", default: "" },
    "user-data-dir": { type: "string" },
    "extensions-dir": { type: "string" },
    log: { type: "string", default: "info" },
  },
});

const temporary = temporaryFolder("code-shim");

/** @param {string} reason */
const fail = (reason) => {
  console.error(`code-shim: ${reason}`);
  process.exit(1);
};
setTimeout(() => fail(`no result after ${limitInSeconds} s`), limitInSeconds * 1000).unref();

const { node, server: serverProgram } = await ensureCodeServer();
const server = startGroup(
  node,
  [
    serverProgram,
    ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--accept-server-license-terms"],
    ...["--server-data-dir", join(temporary.path, "server")],
    ...["--user-data-dir", String(values["user-data-dir"] ?? join(temporary.path, "user-data"))],
    ...["--extensions-dir", String(values["extensions-dir"] ?? join(temporary.path, "extensions"))],
    // Without the driver, the workbench silently ignores extensionTestsPath.
    ...["--enable-smoke-test-driver", "--disable-workspace-trust"],
    ...["--disable-telemetry", "--telemetry-level", "off", "--log", String(values.log)],
  ],
  { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, TMPDIR: temporary.path } },
);
server.child.once("close", (code, signal) => fail(`the server ended (${code ?? signal})`));

/** @type {(match: RegExp) => Promise<RegExpExecArray>} */
const serverPrints = (match) =>
  new Promise((resolve) => {
    for (const stream of [server.child.stdout, server.child.stderr]) {
      stream?.on("data", (/** @type {Buffer} */ data) => {
        const found = match.exec(data.toString());
        if (found) resolve(found);
      });
    }
  });

// VS Code reports 0 for an extension host that was killed. The server prints how it really ended.
const hostEnd = serverPrints(/Extension Host Process exited with code: (\S+), signal: (\S+?)\./).then(
  ([, code, signal]) => (code === "0" && signal === "null" ? undefined : `code ${code}, signal ${signal}`),
);
hostEnd.then((crash) => {
  if (crash) setTimeout(() => fail(`the extension host ended without a result: ${crash}`), 5000).unref();
});

const [, port] = await serverPrints(/Extension host agent listening on (\d+)/);

const browser = await openChromium(temporary.path);
const watching = await watchBrowser(browser, `http://127.0.0.1:${port}`, evidenceFolder("host"));
const page = browser.pages()[0] ?? (await browser.newPage());
page.on("crash", () => fail("the page crashed"));
page.on("close", () => fail("the page was closed"));

// The workbench encrypts its SecretStorage with this key. code-server provides it, the bare server doesn't.
await page.route("**/mint-key", (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));

await page.exposeFunction("codeAutomationLog", printConsole);

await page.exposeFunction("codeAutomationExit", async (/** @type {number} */ code) => {
  const unknown = new Promise((resolve) => setTimeout(resolve, 2000));
  const crash = await Promise.race([hostEnd, unknown]);
  if (crash) fail(`the extension host crashed: ${crash}`);
  await watching.keepStorage();
  page.removeAllListeners("close");
  await browser.close();
  process.exit(code); // This also ends the server.
});

/** @param {unknown} path */
const remote = (path) => `vscode-remote://127.0.0.1:${port}${pathToFileURL(resolve(String(path))).pathname}`;
const url = new URL(`http://127.0.0.1:${port}/`);
const [workspace] = positionals;
if (workspace) {
  url.searchParams.set(workspace.endsWith(".code-workspace") ? "workspace" : "folder", resolve(workspace));
} else url.searchParams.set("ew", "true");
url.searchParams.set(
  "payload",
  JSON.stringify([
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
    ["extensionDevelopmentPath", remote(values.extensionDevelopmentPath)],
    ["extensionTestsPath", remote(values.extensionTestsPath)],
  ]),
);
await page.goto(url.href);
