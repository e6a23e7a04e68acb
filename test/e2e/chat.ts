import { type BrowserContext, expect, type Locator } from "@playwright/test";
import type { Workbench } from "./workbench";

/**
 * Enables VS Code's chat in a new browser profile. VS Code itself keeps it disabled until the user first sets it up.
 * @param origin of VS Code, which isn't open yet
 */
export async function enableChat(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${origin}/healthz`); // any page of the origin
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("vscode-web-state-db-global");
        opening.onupgradeneeded = () => opening.result.createObjectStore("ItemTable");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("ItemTable", "readwrite");
          transaction.objectStore("ItemTable").put("true", "builtinChatExtensionEnablementMigration");
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await page.close();
}

/** Asks a model in the chat, and returns the answer. */
export async function ask(window: Workbench, model: string, question: string): Promise<Locator> {
  const chat = window.page.locator(".interactive-session");
  if (!(await chat.isVisible())) await window.command("Chat: Open Chat");
  // A message that comes before the chat has started asks the user to sign in to GitHub.
  await expect(chat.getByRole("button", { name: model })).toBeVisible({ timeout: 60_000 });
  await chat.locator(".interactive-input-part .monaco-editor").first().click();
  await window.page.keyboard.type(question);
  await window.page.keyboard.press("Enter");
  await expect(chat.locator(".interactive-request").filter({ hasText: question })).toBeVisible();
  return chat.locator(".interactive-response").last();
}
