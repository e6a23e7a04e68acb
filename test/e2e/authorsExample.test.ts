import { join } from "node:path";
import { type FakeOpenRouter, startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { type IssuedKey, spend } from "../fakeOpenRouter/keys";
import { example, exampleWithAccounts, exampleWithModels, packageExample } from "../tools/authorsGuide.mjs";
import { temporaryFolder } from "../tools/lifetime.mjs";
import { packages } from "../tools/package.mjs";
import { changeSettings } from "../tools/settings.mjs";
import type { WorkbenchServer } from "../tools/workbenchServer.mjs";
import { fingerprint } from "./fingerprint";
import { test as base, expect } from "./fixtures";
import { connectAndAuthorize, routedBaseUrl, routeToFakeOpenRouter } from "./openRouter";
import type { CodeWindow } from "./window";

const test = base.extend<{ gateway: FakeOpenRouter }>({
  extensions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use) => {
      const folder = temporaryFolder("guide");
      const examples = [
        await packageExample(example, join(folder.path, "example")),
        await packageExample(exampleWithAccounts, join(folder.path, "accounts")),
        await packageExample(exampleWithModels, join(folder.path, "models")),
      ];
      await use([packages.extension, packages.consumer, ...examples]);
      folder.remove();
    },
    { scope: "worker" },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  gateway: async ({}, use) => {
    const gateway = await startFakeOpenRouter({ path: "/gateway" });
    await use(gateway);
    await gateway.close();
  },
});

// One after the other in one worker, since each worker packages the examples anew.
test.describe.configure({ mode: "default" });

const [{ title }] = JSON.parse(example["package.json"]).contributes.commands;
const [{ title: titleWithAccounts }] = JSON.parse(exampleWithAccounts["package.json"]).contributes.commands;
const [{ title: titleWithModels }] = JSON.parse(exampleWithModels["package.json"]).contributes.commands;

const consent = (window: CodeWindow) => window.dialog("OpenRouter");
const allow = (window: CodeWindow) => consent(window).getByRole("button", { name: "Allow" }).click();
/** Answers the question about models. */
const decide = (window: CodeWindow, answer: "Allow" | "Don't Allow") =>
  window.answer(window.dialog("Allow me.my-models to use your OpenRouter models?"), answer);

function onlyKey({ keys }: FakeOpenRouter): IssuedKey {
  const [issued] = keys;
  if (!issued || keys.length > 1) throw new Error(`${keys.length} keys were issued`);
  return issued;
}

/** Sets another base URL, which the reloaded window reads. It keeps what is stored by then: `kept`. */
async function changeBaseUrl(window: CodeWindow, { userData }: WorkbenchServer, url: string, kept: string[]) {
  changeSettings(userData, { "connectOpenRouter.baseUrl": url });
  for (const text of kept) await window.stored(text);
  await window.reload();
}

/** Authorizes on the page that the action opens. */
async function authorize(window: CodeWindow, action: () => Promise<void>): Promise<void> {
  const page = await window.pageOpenedBy(action);
  await page.locator("#authorize").click();
  await expect(window.toast("Connected to OpenRouter")).toBeVisible();
  await page.close();
  await window.page.bringToFront();
}

test.describe("behind a gateway", () => {
  test.use({
    settings: async ({ gateway }, use) => {
      await use({ "connectOpenRouter.baseUrl": `${gateway.url}/` });
    },
  });

  test("the guide's extension: sends the key only to where it was issued, also when the setting changes", async ({
    fakeOpenRouter: other,
    gateway,
    server,
    window,
  }) => {
    await window.command(title);
    await consent(window).getByRole("button", { name: "Cancel" }).click();
    await expect(window.toast("Can't ask OpenRouter: ")).toBeVisible();
    await expect(window.toasts).toHaveCount(1);
    await window.screenshot("no consent");
    await window.clearToasts();

    await window.command(title);
    await authorize(window, () => allow(window));
    await expect(window.toast("Spent so far: $0")).toBeVisible();
    await window.screenshot("spent nothing");
    await window.clearToasts();

    gateway.answer({ parts: ["Air scatters blue light."], cost: 0 });
    await window.command(titleWithModels);
    await decide(window, "Allow");
    await expect(window.toast("Air scatters blue light.")).toBeVisible();
    expect(gateway.chats.map(({ body }) => [body.model, body.temperature])).toEqual([
      ["anthropic/claude-sonnet-4.5", 0],
    ]);
    await window.clearToasts();

    const issued = onlyKey(gateway);
    spend(issued, 1.25);
    await changeBaseUrl(window, server, other.url, ['"allowed":true', "openrouter"]);
    await window.command(title);
    await expect(window.toast("Spent so far: $1.25")).toBeVisible();
    await window.screenshot("spent, with another base URL in the settings");

    await window.command("Consumer: Ask As In The README");
    await allow(window);
    await window.pick("VS Code");
    await expect(window.toast(`Key ${fingerprint(issued)} for ${gateway.url}/api/v1`)).toBeVisible();

    issued.disabled = true;
    await window.clearToasts();
    await window.command(title);
    await expect(window.toast("Can't ask OpenRouter: OpenRouter answered 401")).toBeVisible();
    await expect(window.toasts).toHaveCount(1);
    await window.screenshot("rejected key");
    expect(other.requests).toEqual([]);
  });
});

test("the guide's extension with several accounts: each key goes to its own server", async ({
  fakeOpenRouter,
  gateway,
  server,
  window,
}) => {
  await connectAndAuthorize(window);
  await changeBaseUrl(window, server, gateway.url, ["openrouter"]);
  await connectAndAuthorize(window);
  spend(onlyKey(fakeOpenRouter), 2);
  spend(onlyKey(gateway), 3);
  for (const [label, spent] of Object.entries({ "VS Code": 2, "VS Code (2)": 3 })) {
    await window.command(titleWithAccounts);
    await window.screenshot(`choose ${label}`);
    await window.pick(label);
    await allow(window);
    await expect(window.toast(`Spent so far: $${spent}`)).toBeVisible();
    await window.clearToasts();
  }
  for (const [here, elsewhere] of [
    [fakeOpenRouter, gateway],
    [gateway, fakeOpenRouter],
  ] as const) {
    const sent = JSON.stringify(here.requests);
    expect(sent).toContain(onlyKey(here).key);
    expect(sent).not.toContain(onlyKey(elsewhere).key);
  }
});

test.describe("in a web worker", () => {
  test.use({
    settings: {
      "connectOpenRouter.baseUrl": routedBaseUrl,
      "remote.extensionKind": {
        "connect-openrouter.connect-openrouter": ["ui"],
        "me.my-extension": ["ui"],
        "me.my-models": ["ui"],
      },
    },
  });

  test("the guide's extension runs unchanged", async ({ context, fakeOpenRouter, window }) => {
    await routeToFakeOpenRouter(context, fakeOpenRouter);
    await window.command(title);
    await authorize(window, () => allow(window));
    await expect(window.toast("Spent so far: $0")).toBeVisible();
    // Only a browser sends the origin.
    const { origin } = new URL(window.page.url());
    const asked = fakeOpenRouter.requests.filter(({ url }) => url === "/api/v1/key");
    expect(asked.map(({ headers }) => headers.origin)).toEqual([origin, origin]);
    await window.screenshot("spent nothing");

    await window.command(titleWithModels);
    await decide(window, "Don't Allow");
    await expect(
      window.toast("Can't ask OpenRouter: me.my-models isn't allowed to use your OpenRouter models."),
    ).toBeVisible();
    expect(fakeOpenRouter.chats).toEqual([]);
    await window.screenshot("models not allowed");
  });
});
