// Runs test/web inside the web extension host of a real VS Code.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { json, text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { open } from "@vscode/test-web";
import { evidenceFolder, watchBrowser } from "../audit/evidence.mjs";
import { openChromium } from "./chromium.mjs";
import { ensureCodeOss } from "./codeOss.mjs";
import { temporaryFolder } from "./lifetime.mjs";
import { root } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { printConsole } from "./workbenchConsole.mjs";

/**
 * What the tests need to know, as control.json next to them.
 * @typedef {object} WebTestsControl
 * @property {string} runner
 * @property {string} fakeOpenRouter
 */

/** @typedef {import("../web/runner").TestsResult} TestsResult */

const limitInSeconds = 120;

/** @returns {Promise<TestsResult>} */
export async function runWebTests() {
  const temporary = temporaryFolder("web-tests");
  const build = await ensureCodeOss();
  /** @type {typeof import("../fakeOpenRouter/fakeOpenRouter")} */
  const { startFakeOpenRouter } = await import(
    pathToFileURL(join(root, "out/test/fakeOpenRouter/fakeOpenRouter.mjs")).href
  );
  // VS Code's Content-Security-Policy for this host allows https anywhere, but http only on localhost and 127.0.0.1.
  const fakeOpenRouter = await startFakeOpenRouter({ host: "127.0.0.1" });
  const control = await startControl(fakeOpenRouter, await chatFaults());
  writeFileSync(
    join(root, "out/test/web/control.json"),
    JSON.stringify({ runner: control.url, fakeOpenRouter: fakeOpenRouter.url }),
  );
  const port = await freePort(0);
  const server = await open({
    ...build,
    esm: true,
    host: "127.0.0.1",
    port,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(root, "out/test/web/index.js"),
    // Otherwise it would download and start a Chromium.
    browserType: "none",
  });
  const browser = await openChromium(temporary.path);
  // As if the user were signed in at OpenRouter.
  await browser.addCookies([{ name: "session", value: "user", url: fakeOpenRouter.url }]);
  try {
    const url = `http://127.0.0.1:${port}/`;
    const watching = await watchBrowser(browser, new URL(url).origin, evidenceFolder("web"));
    const page = browser.pages()[0] ?? (await browser.newPage());
    await runTestsIn(page, `${url}?payload=[["logLevel","trace"]]`);
    await watching.keepStorage();
    if (!control.result) throw new Error("VS Code ended before the tests did");
    for (const { title, message } of control.result.failures) console.error(`✖ ${title}\n${message}\n`);
    return control.result;
  } finally {
    await browser.close();
    server.dispose();
    control.close();
    await fakeOpenRouter.close();
    temporary.remove();
  }
}

/** What can go wrong in a chat, by name. */
async function chatFaults() {
  const load = (/** @type {string} */ name) =>
    import(pathToFileURL(join(root, `out/test/fakeOpenRouter/${name}.mjs`)).href);
  /** @type {{ streamFaults: Record<string, any> }} */
  const { streamFaults } = await load("streamFaults");
  /** @type {{ chatProblems: Record<string, any> }} */
  const { chatProblems } = await load("chatProblems");
  return { streamFaults, chatProblems };
}

/**
 * Opens VS Code, which then runs the tests.
 * @param {import("playwright-core").Page} page
 * @param {string} url
 * @returns {Promise<void>} resolves when VS Code reports that the tests ended
 */
async function runTestsIn(page, url) {
  const ended = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`No result after ${limitInSeconds} s`)), limitInSeconds * 1000).unref();
    page.once("crash", () => reject(new Error("The page crashed")));
    page.once("close", () => reject(new Error("The page was closed")));
    void page.exposeFunction("codeAutomationExit", resolve);
  });
  await page.exposeFunction("codeAutomationLog", printConsole);
  await page.goto(url);
  await ended;
}

/**
 * The tests' requests to Node. This is a real server: if Playwright intercepted the requests instead, it would also
 * answer the browser's CORS preflights to other origins, and would allow them all.
 * @param {import("../fakeOpenRouter/fakeOpenRouter").FakeOpenRouter} fakeOpenRouter
 * @param {Awaited<ReturnType<typeof chatFaults>>} faults by their names
 */
async function startControl(fakeOpenRouter, { streamFaults, chatProblems }) {
  /** @type {TestsResult | undefined} */
  let result;
  const server = createServer(async (request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    if (request.url === "/authorize") {
      const location = await fakeOpenRouter.authorize(await text(request));
      response.end(JSON.stringify({ location, code: fakeOpenRouter.lastCode }));
    } else if (request.url === "/keys") {
      response.end(JSON.stringify(fakeOpenRouter.keys.map(({ key }) => key)));
    } else if (request.url === "/requests") {
      response.end(JSON.stringify(fakeOpenRouter.requests));
    } else if (request.url === "/misbehave") {
      const { stream, problem } = JSON.parse(await text(request));
      fakeOpenRouter.behave();
      if (stream) fakeOpenRouter.misbehave({ chat: { stream: streamFaults[stream] } });
      if (problem) fakeOpenRouter.misbehave({ chat: { answer: chatProblems[problem] } });
      response.end(fakeOpenRouter.addKey().key);
    } else if (request.url === "/result") {
      result = /** @type {TestsResult} */ (await json(request));
      response.end();
    } else response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${address && typeof address === "object" ? address.port : ""}`,
    get result() {
      return result;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
