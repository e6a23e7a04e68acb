import { deepEqual, equal } from "node:assert/strict";
import { CancellationError, commands, type MessageItem, window } from "vscode";
import { OpenRouterError } from "../../src/openrouter/errors";
import { SecretStorageError } from "../../src/sessions/secretCollection";
import { SignInCancelled, SignInError, type SignInFailure } from "../../src/signIn/errors";
import { describeError } from "../../src/vscode/errorMessages";
import { SettingError } from "../../src/vscode/settings";
import { showError } from "../../src/vscode/showError";
import { SignInUi } from "../../src/vscode/signIn/signInUi";
import { noLog, openWindow } from "../fakes/editor";
import { FakeSecretStorage } from "../fakes/secrets";

describe("The buttons of an error", () => {
  const { showErrorMessage } = window;
  const { executeCommand } = commands;
  let shown: string[][];
  let executed: unknown[][];
  /** The button that the person presses. */
  let pressed: string | undefined;

  beforeEach(() => {
    shown = [];
    executed = [];
    pressed = undefined;
    Object.assign(window, {
      showErrorMessage: async (_: string, ...items: MessageItem[]) => {
        shown.push(items.map(({ title }) => title));
        return items.find(({ title }) => title === pressed);
      },
    });
    Object.assign(commands, { executeCommand: async (...command: unknown[]) => void executed.push(command) });
  });
  afterEach(() => {
    Object.assign(window, { showErrorMessage });
    Object.assign(commands, { executeCommand });
  });

  const show = async (error: unknown) => {
    const told = describeError(error);
    if (told) await showError(told);
    return shown.at(-1);
  };

  for (const [name, error] of Object.entries({
    "a request that failed": new OpenRouterError("network", ""),
    "an error status": new OpenRouterError("status", "", { status: 500 }),
    "a locked keyring": new SecretStorageError("read"),
    "an error of no known kind": new TypeError(),
    "nothing that came back": new SignInError("timedOut"),
  })) {
    it(`of ${name} show the log`, async () => {
      pressed = "Show Log";
      deepEqual(await show(error), ["Show Log"]);
      deepEqual(executed, [["connectOpenRouter.showLog"]]);
    });
  }

  for (const failure of ["denied", "givenUp"] satisfies SignInFailure[]) {
    it(`of a sign-in that was ${failure} don't: there is nothing more to know`, async () => {
      deepEqual(await show(new SignInError(failure)), []);
    });
  }

  it("of a setting lead to it", async () => {
    pressed = "Open Settings";
    deepEqual(await show(new SettingError("baseUrl")), ["Open Settings"]);
    deepEqual(executed, [["workbench.action.openSettings", "connectOpenRouter.baseUrl"]]);
  });

  it("of a certificate lead to VS Code's setting, and to the log", async () => {
    deepEqual(await show(new OpenRouterError("tls", "")), ["Open Settings", "Show Log"]);
  });

  it("of keys that this window can't see are to reload it, or to give them up", async () => {
    pressed = "Forget That Key";
    deepEqual(await show(new SecretStorageError("stale")), ["Reload Window", "Forget That Key", "Show Log"]);
    deepEqual(executed, [["connectOpenRouter.discardHiddenKeys"]]);
  });

  it("aren't there after a cancel, as there is no message", async () => {
    equal(await show(new SignInCancelled()), undefined);
    equal(await show(new CancellationError()), undefined);
  });

  it("of a sign-in are to try again, the next way, and the log", async () => {
    const opened = openWindow(new FakeSecretStorage(), "http://openrouter.invalid", {
      openExternal: () => Promise.reject(new Error("No browser")),
    });
    await new SignInUi(opened.signIn, { show: async () => {} }, noLog).connect("uriCallback").catch(() => {});
    while (shown.length === 0) await new Promise((resolve) => setImmediate(resolve));
    opened.close();
    deepEqual(shown, [["Try Again", "Come Back by a Local Server", "Show Log"]]);
  });
});
