import { streamErrors } from "../fakeOpenRouter/streamErrors";
import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";
import { check, openWalkthrough, step } from "./walkthrough";

test("another extension uses the models: refused, asked again, allowed also after a reload, and revoked", async ({
  fakeOpenRouter,
  window,
}) => {
  const { chats, requests } = fakeOpenRouter;
  const question = window.dialog(
    "Allow 'Consumer' (connect-openrouter-tests.consumer) to use your OpenRouter models?",
  );
  const refused = window.statusBarItem(/Consumer: NoPermissions: 'Consumer' .* isn't allowed to use/);
  const access = window.quickInput.getByRole("checkbox", { name: "Consumer", exact: true });
  await connectAndAuthorize(window);

  await test.step("a refusal: nothing is sent, and nothing asked again", async () => {
    await window.command("Consumer: Ask A Model");
    await expect(question).toBeVisible();
    await window.screenshot("the question");
    await window.answer(question, "Don't Allow");
    await expect(refused).toBeVisible();
    await window.command("Consumer: Ask A Model As Cline Does");
    await expect(refused).toBeVisible();
    await expect(question).toHaveCount(0);
    expect(requests.filter(({ url }) => url.includes("/chat/"))).toEqual([]);
  });

  await test.step("asked again, and allowed", async () => {
    await window.command("OpenRouter: Manage Model Access");
    await expect(access).not.toBeChecked();
    await window.screenshot("access");
    // Selecting alone allows nothing, since any extension can do that.
    await access.click();
    await window.quickInput.getByRole("button", { name: "OK" }).click();
    await window.answer(question, "Don't Allow");
    await window.command("Consumer: Ask A Model");
    await expect(refused).toBeVisible();
    await window.command("OpenRouter: Manage Model Access");
    await expect(access).not.toBeChecked();
    await access.hover();
    await window.quickInput.getByRole("button", { name: "Ask Again" }).click();
    await expect(window.quickInput).toBeHidden();
    await window.command("Consumer: Ask A Model");
    await window.answer(question, "Allow");
    await expect(window.statusBarItem("Consumer: ping")).toBeVisible();
  });

  await test.step("as Cline asks, with a tool, and canceled", async () => {
    await window.command("Consumer: Ask A Model As Cline Does");
    await expect(window.statusBarItem("Consumer: <task>ping</task>")).toBeVisible();

    const add = { name: "add", arguments: { a: 2, b: 3 } };
    fakeOpenRouter.answer({ parts: [{ toolCalls: [add] }] }, { parts: ["It is 5."] });
    await window.command("Consumer: Ask A Model With A Tool");
    await expect(window.statusBarItem("Consumer: It is 5.")).toBeVisible();
    expect(chats.at(-2)?.body.tool_choice).toBe("required");
    expect(chats.at(-1)?.body.messages.at(-1)).toMatchObject({ role: "tool", content: "5" });

    fakeOpenRouter.answer({ parts: ["The beginning", { hold: new Promise(() => {}) }] });
    await window.command("Consumer: Ask A Model And Cancel");
    await expect(window.statusBarItem("Consumer: The beginning (Canceled)")).toBeVisible();
    await expect(() => chats.at(-1)?.aborted).toPass();
    await window.screenshot("canceled");
  });

  await test.step("what came before an error arrives", async () => {
    fakeOpenRouter.answer({ parts: ["The beginning", { error: streamErrors.provider_unavailable }] });
    await window.command("Consumer: Ask A Model");
    await expect(
      window.statusBarItem(/Consumer: Error: The beginning \(.*is overloaded or down/),
    ).toBeVisible();
  });

  await test.step("still allowed after a reload, until it is revoked", async () => {
    fakeOpenRouter.answer();
    await window.stored('"allowed":true');
    await window.reload();
    // The walkthrough was never open, and knows it all the same, also in a window that has long been running.
    await expect(window.statusBarItem("used today")).toBeVisible();
    await openWalkthrough(window, "Get Started with OpenRouter");
    await expect(check(step(window, "Use it in other extensions"))).toBeVisible();
    await window.command("View: Close Editor");
    await window.command("Consumer: Ask A Model");
    await expect(window.statusBarItem("Consumer: ping")).toBeVisible();
    const sent = chats.length;
    await window.command("OpenRouter: Manage Model Access");
    await expect(access).toBeChecked();
    await access.click();
    await window.quickInput.getByRole("button", { name: "OK" }).click();
    await window.command("Consumer: Ask A Model");
    await expect(refused).toBeVisible();
    expect(chats).toHaveLength(sent);
  });
});
