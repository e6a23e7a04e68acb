import { expect, test } from "./fixtures";
import { connect, connectAndAuthorize, routedBaseUrl, routeToFakeOpenRouter } from "./openRouter";
import { spendingPage } from "./spendingPage";

test.use({
  settings: {
    "connectOpenRouter.baseUrl": routedBaseUrl,
    // Our extension runs in the browser, while the one that reads the key runs on the server.
    "remote.extensionKind": { "connect-openrouter.connect-openrouter": ["ui"] },
    "workbench.editor.useModal": "off", // so that a list is as high as the window
  },
});

test("web worker: connect in it, stay connected after a reload, and share the key with an extension on the server", async ({
  context,
  fakeOpenRouter,
  window,
}) => {
  await routeToFakeOpenRouter(context, fakeOpenRouter);
  const page = await connect(window);
  await page.locator("#authorize").click();
  await expect(window.toast("Connected to OpenRouter. The key has no credit limit.")).toBeVisible();
  await page.close();
  await window.page.bringToFront();
  await window.screenshot("connected");
  expect(fakeOpenRouter.keys).toHaveLength(1);
  // Only a browser sends the origin.
  const exchange = fakeOpenRouter.requests.find(({ url }) => url === "/api/v1/auth/keys");
  expect(exchange?.headers.origin).toBe(new URL(window.page.url()).origin);

  await window.stored("openrouter");
  // So that a later list is drawn completely. Before the reload, since VS Code may miss it otherwise.
  await window.page.setViewportSize({ width: 1280, height: 1600 });
  await window.reload();
  await window.account(/^VS Code \(OpenRouter\)/);
  await window.screenshot("still connected after a reload");
  await window.page.keyboard.press("Escape");

  await window.command("Consumer: Ask");
  await window.dialog("OpenRouter").getByRole("button", { name: "Allow" }).click();
  await window.pick("VS Code");
  await expect(window.statusBarItem(/Consumer: [0-9a-f]{12}/)).toBeVisible();
  expect(fakeOpenRouter.keys).toHaveLength(1);

  await window.command("Developer: Show Running Extensions");
  const row = (name: string) =>
    window.page.locator(".runtime-extensions-editor .extension").filter({ hasText: name });
  await expect(row("Connect OpenRouter").getByText("web worker")).toBeVisible();
  await expect(row("Consumer").getByText(new URL(window.page.url()).host)).toBeVisible();
  await window.screenshot("running extensions");
});

test.describe("with an extension beside it", () => {
  test.use({
    settings: {
      "connectOpenRouter.baseUrl": routedBaseUrl,
      // VS Code gives models only to extensions in the same host.
      "remote.extensionKind": {
        "connect-openrouter.connect-openrouter": ["ui"],
        "connect-openrouter-tests.consumer": ["ui"],
      },
    },
  });

  test("web worker: an extension in it uses the models, once it's allowed", async ({
    context,
    fakeOpenRouter,
    window,
  }) => {
    await routeToFakeOpenRouter(context, fakeOpenRouter);
    await connectAndAuthorize(window);
    await window.command("Consumer: Ask A Model");
    const question = window.dialog("to use your OpenRouter models?");
    await expect(question).toContainText("Allow 'Consumer' (connect-openrouter-tests.consumer)");
    await window.screenshot("the question");
    expect(fakeOpenRouter.chats).toHaveLength(0);
    await window.answer(question, "Allow");
    await expect(window.statusBarItem("Consumer: ping")).toBeVisible();
    expect(fakeOpenRouter.chats[0]?.headers.origin).toBe(new URL(window.page.url()).origin);

    fakeOpenRouter.answer(
      { parts: [{ toolCalls: [{ name: "add", arguments: { a: 2, b: 3 } }] }] },
      ({ messages }) => ({ parts: [`It is ${messages.at(-1)?.content}.`] }),
    );
    await window.command("Consumer: Ask A Model With A Tool");
    await expect(window.statusBarItem("Consumer: It is 5.")).toBeVisible();

    // What it spent is kept without Node as well.
    await window.command("OpenRouter: Show Spending");
    const spendings = spendingPage(window).getByRole("region", { name: "By extension" }).getByRole("row");
    await expect(spendings.nth(1)).toHaveAccessibleName(/^Consumer \(.*\) \$0\.0\d+ 3 /);
    await window.screenshot("spending");
  });
});
