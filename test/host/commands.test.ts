import { deepEqual, equal } from "node:assert/strict";
import { commands, type LogOutputChannel, type MessageItem, window } from "vscode";
import { commandIds } from "../../src/commandIds";
import { commandRunner } from "../../src/commands";
import { OpenRouterError } from "../../src/openrouter/errors";
import { SecretStorageError } from "../../src/sessions/secretCollection";
import type { CreditsMenu } from "../../src/vscode/credits/creditsMenu";
import type { SignInUi } from "../../src/vscode/signIn/signInUi";

describe("A command", () => {
  const { showErrorMessage } = window;
  const { executeCommand } = commands;
  let buttons: string[][];
  let ran: unknown[][];
  let failure: unknown;

  beforeEach(() => {
    [buttons, ran] = [[], []];
    Object.assign(window, {
      showErrorMessage: async (_: string, ...items: MessageItem[]) => {
        buttons.push(items.map(({ title }) => title));
        return items.find(({ title }) => title === "Try Again");
      },
    });
    Object.assign(commands, { executeCommand: async (...command: unknown[]) => void ran.push(command) });
  });
  afterEach(() => {
    Object.assign(window, { showErrorMessage });
    Object.assign(commands, { executeCommand });
  });

  const nothing = {} as never;
  const run = commandRunner(
    { connect: async () => ({ key: "sk-or-v1-secret" }) } as unknown as SignInUi,
    nothing,
    { show: async () => Promise.reject(failure) } as unknown as CreditsMenu,
    nothing,
    nothing,
    { error: () => {} } as unknown as LogOutputChannel,
  );

  it("returns nothing to the extension that ran it, least of all a session", async () => {
    equal(await run(commandIds.connect, undefined), undefined);
    equal(await run(commandIds.connectWithCode, undefined), undefined);
  });

  it("that failed runs again when the user says so, with its argument", async () => {
    failure = new OpenRouterError("network", "offline");
    await run(commandIds.showCredits, "argument");
    deepEqual(buttons, [["Try Again", "Show Log"]]);
    while (ran.length === 0) await new Promise((resolve) => setImmediate(resolve));
    deepEqual(ran, [["connectOpenRouter.showCredits", "argument"]]);
  });

  it("that failed because the secrets are stale doesn't offer what would fail again", async () => {
    failure = new SecretStorageError("stale");
    await run(commandIds.showCredits);
    deepEqual(buttons, [["Reload Window", "Forget That Key", "Show Log"]]);
  });
});
