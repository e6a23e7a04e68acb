import { deepEqual, equal } from "node:assert/strict";
import { CancellationError, commands, type MessageItem, window } from "vscode";
import { OpenRouterError } from "../../src/openrouter/errors";
import { SecretStorageError } from "../../src/sessions/secretCollection";
import { SignInCanceled, SignInError, type SignInFailure } from "../../src/signIn/errors";
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
  /** The button that the user presses. */
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
    const described = describeError(error);
    if (described) await showError(described);
    return shown.at(-1);
  };

  for (const [name, error] of Object.entries({
    "a failed request": new OpenRouterError("network", ""),
    "an error status": new OpenRouterError("status", "", { status: 500 }),
    "a locked keyring": new SecretStorageError("read"),
    "an unknown error": new TypeError(),
    "a sign-in that timed out": new SignInError("timedOut"),
  })) {
    it(`after ${name} show the log`, async () => {
      pressed = "Show Log";
      deepEqual(await show(error), ["Show Log"]);
      deepEqual(executed, [["connectOpenRouter.showLog"]]);
    });
  }

  for (const failure of ["denied", "canceled"] satisfies SignInFailure[]) {
    it(`after a sign-in that was ${failure} don't show the log, which has no more to say`, async () => {
      deepEqual(await show(new SignInError(failure)), []);
    });
  }

  it("after an invalid setting open that setting", async () => {
    pressed = "Open Settings";
    deepEqual(await show(new SettingError("baseUrl")), ["Open Settings"]);
    deepEqual(executed, [["workbench.action.openSettings", "connectOpenRouter.baseUrl"]]);
  });

  it("after an untrusted certificate open VS Code's setting, and the log", async () => {
    deepEqual(await show(new OpenRouterError("tls", "")), ["Open Settings", "Show Log"]);
  });

  it("after stale secrets reload the window, or forget the hidden key", async () => {
    pressed = "Forget That Key";
    deepEqual(await show(new SecretStorageError("stale")), ["Reload Window", "Forget That Key", "Show Log"]);
    deepEqual(executed, [["connectOpenRouter.discardHiddenKeys"]]);
  });

  it("don't exist after a cancellation, which shows no message", async () => {
    equal(await show(new SignInCanceled()), undefined);
    equal(await show(new CancellationError()), undefined);
  });

  /** Connects where that fails, and waits for the message. */
  async function failToConnect(again?: () => unknown) {
    const opened = openWindow(new FakeSecretStorage(), "http://openrouter.invalid", {
      callbackUrl: async () => "https://code.example.com:8443/callback",
    });
    const decided = { isNeeded: false, ask: async () => true };
    await new SignInUi(opened.signIn, decided, { show: async () => {} }, noLog)
      .connect({ flow: "uriCallback", replaces: "a", ...(again && { again }) })
      .catch(() => {});
    while (shown.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve)); // the button was pressed
    opened.close();
  }

  it("after a failed sign-in are Try Again, the next flow, and the log", async () => {
    pressed = "Try Again";
    await failToConnect();
    deepEqual(shown, [["Try Again", "Sign In via Local Server", "Show Log"]]);
    deepEqual(executed, [["connectOpenRouter.connect", "a"]]);
  });

  it("after a failed sign-in begin again what needed it", async () => {
    pressed = "Try Again";
    let begun = 0;
    await failToConnect(() => ++begun);
    deepEqual([begun, executed], [1, []]);
  });
});
