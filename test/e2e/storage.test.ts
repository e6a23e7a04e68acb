import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { connect, connectAndAuthorize } from "./openRouter";

test("a browser whose site data was cleared: the window says that the key is gone, and connects again", async ({
  fakeOpenRouter,
  window,
}) => {
  await connectAndAuthorize(window);
  const toast = window.toast("An OpenRouter key is gone from this browser");
  await window.page.evaluate(() => localStorage.clear());
  // A key stored seconds ago could be another window's.
  await window.reloadLongAfter('"sessions":{', '"sessions":\\{"[^"]+":');
  await expect(toast).toBeVisible();
  await expect(window.toast("Another window stored")).toHaveCount(0);
  await window.screenshot("the key is gone");
  const page = await window.pageOpenedBy(() =>
    toast.getByRole("button", { name: "Connect OpenRouter" }).click(),
  );
  await page.locator("#authorize").click();
  await expect(window.toast("Connected to OpenRouter")).toBeVisible();
  expect(fakeOpenRouter.keys).toHaveLength(2);
  await window.account(/^VS Code \(OpenRouter\)/);
  await window.stored('"removed"');
  await window.reload();
  await window.account(/^VS Code \(OpenRouter\)/);
  await expect(toast).toHaveCount(0);
});

test("a second profile shares the key, and shows its credits", async ({ server, window }) => {
  // As with "Apply Extension to all Profiles".
  const list = join(server.userData, "../extensions/extensions.json");
  const extensions: { metadata?: object }[] = JSON.parse(readFileSync(list, "utf8"));
  const everywhere = extensions.map((entry) => ({
    ...entry,
    metadata: { ...entry.metadata, isApplicationScoped: true },
  }));
  writeFileSync(list, JSON.stringify(everywhere));

  await connectAndAuthorize(window);
  await window.stored("openrouter");
  await window.command("Preferences: Open Profiles (UI)");
  const editor = window.page.locator(".profiles-editor");
  await editor.getByRole("button", { name: "New Profile" }).first().click();
  await editor.getByRole("textbox", { name: /name/i }).fill("Second");
  await window.screenshot("new profile");
  await editor.getByRole("button", { name: "Create", exact: true }).click();
  await expect(editor.getByText("Use for New Windows")).toBeVisible();
  await window.screenshot("created");
  const url = new URL(window.page.url());
  url.searchParams.set("payload", JSON.stringify([["profile", "Second"]]));
  await window.page.goto(url.href);
  await window.ready();
  await window.screenshot("second profile");
  await expect(window.statusBarItem("used today")).toBeVisible();
  await window.account(/^VS Code \(OpenRouter\)/);
  await window.screenshot("the second profile has the key");
  await connect(window);
});
