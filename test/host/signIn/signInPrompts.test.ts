import { deepEqual, equal } from "node:assert/strict";
import { commands, env, type MessageItem, window } from "vscode";
import { offerPage } from "../../../src/vscode/signIn/signInPrompts";

describe("A page that was not opened while a sign-in waits", () => {
  const { showWarningMessage } = window;
  const { executeCommand } = commands;
  let titles: string[];
  let pressed: string;
  let ran: unknown[];

  beforeEach(() => {
    [titles, ran] = [[], []];
    Object.assign(window, {
      showWarningMessage: async (_: string, ...items: MessageItem[]) => {
        titles = items.map(({ title }) => title);
        return items.find(({ title }) => title === pressed);
      },
    });
    Object.assign(commands, { executeCommand: async (id: string) => void ran.push(id) });
  });
  afterEach(async () => {
    Object.assign(window, { showWarningMessage });
    Object.assign(commands, { executeCommand });
    await env.clipboard.writeText("");
  });

  it("can be opened in another browser, which is here, or on another device, which shows a code", async () => {
    pressed = "Connect with a Code";
    offerPage("https://openrouter.ai/auth?x=1");
    while (ran.length === 0) await new Promise((resolve) => setImmediate(resolve));
    deepEqual([titles, ran], [["Copy Link", pressed], ["connectOpenRouter.connectWithCode"]]);
    pressed = "Copy Link";
    offerPage("https://openrouter.ai/auth?x=1");
    while (!(await env.clipboard.readText())) await new Promise((resolve) => setImmediate(resolve));
    equal(await env.clipboard.readText(), "https://openrouter.ai/auth?x=1");
  });
});
