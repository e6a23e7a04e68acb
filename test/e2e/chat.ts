import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
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

/** VS Code's own chat. */
export class Chat {
  readonly view: Locator;
  readonly #page: Page;

  constructor({ page }: Workbench) {
    this.#page = page;
    this.view = page.locator(".interactive-session");
  }

  /** Waits until this model is selected. */
  async selected(model: string): Promise<void> {
    await expect(this.#modelButton).toHaveAccessibleName(`Models, ${model}`);
  }

  /** Opens the model picker, and returns the row of a model. */
  async findModel(name: string): Promise<Locator> {
    const row = this.#page.locator(".action-widget .monaco-list-row").filter({ hasText: name });
    await this.#modelButton.click();
    await this.#page.getByPlaceholder("Search models").fill(name);
    await expect(row).toBeVisible();
    return row;
  }

  /** Asks the selected model, and returns the answer. */
  async ask(question: string): Promise<Locator> {
    // A message that comes before the chat has started asks the user to sign in to GitHub, and one that comes before
    // the end of an answer waits for that.
    await expect(this.#modelButton).toHaveAccessibleName(/^Models, ./);
    await expect(this.view.locator(".chat-response-loading")).toHaveCount(0);
    await this.#focusInput();
    await this.#page.keyboard.type(question);
    await this.#page.keyboard.press("Enter");
    await expect(this.view.locator(".interactive-request").filter({ hasText: question })).toBeVisible();
    return this.answer;
  }

  /** The last answer. */
  get answer(): Locator {
    return this.view.locator(".chat-most-recent-response");
  }

  /** Where the question is typed. */
  get input(): Locator {
    return this.view.locator(".interactive-input-part").getByRole("textbox");
  }

  /** Stops the answer. */
  async stop(): Promise<void> {
    await this.#page.keyboard.press("Control+Escape");
  }

  /** Pastes a picture into the question. @param base64 a PNG */
  async pasteImage(base64: string): Promise<void> {
    await this.#focusInput();
    await this.#page.evaluate((encoded) => {
      const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], "picture.png", { type: "image/png" }));
      const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(paste);
    }, base64);
    await expect(this.view.getByLabel(/^Attached image/)).toBeVisible();
  }

  /** How full the context is, by the tokens that OpenRouter counted. */
  get contextUsage(): Locator {
    return this.view.getByRole("button", { name: /^Context window usage/ });
  }

  get #modelButton(): Locator {
    return this.view.getByRole("button", { name: /^Models\b/ });
  }

  async #focusInput(): Promise<void> {
    await this.view.locator(".interactive-input-part .monaco-editor").first().click();
  }
}
