import { deepEqual, equal } from "node:assert/strict";
import { ConfigurationTarget, window, workspace } from "vscode";
import { SessionStore } from "../../../src/sessions/sessionStore";
import { vscodeCreditsHost } from "../../../src/vscode/credits/vscodeCreditsHost";
import { noLog } from "../../fakes/editor";
import { FakeSecretStorage, noIndex } from "../../fakes/secrets";
import { session } from "../../fakes/windows";

const change = (name: "showCredits" | "warnBelow", value: unknown) =>
  workspace.getConfiguration("connectOpenRouter").update(name, value, ConfigurationTarget.Global);

describe("The credits' host", () => {
  const store = new SessionStore(new FakeSecretStorage().window(), noIndex, () => 1);
  const host = vscodeCreditsHost(store, noLog);
  const { showWarningMessage } = window;

  afterEach(async () => {
    window.showWarningMessage = showWarningMessage;
    await change("showCredits", undefined);
    await change("warnBelow", undefined);
  });

  for (const [showCredits, warnBelow, expected] of [
    [true, 10, true],
    [true, 0, true],
    [false, 10, true],
    [false, 0, false],
  ] as const) {
    it(`wants credits: ${expected}, with showCredits ${showCredits} and warnBelow ${warnBelow}`, async () => {
      await change("showCredits", showCredits);
      await change("warnBelow", warnBelow);
      equal(host.isWanted(), expected);
      equal(host.warnBelow(), warnBelow);
    });
  }

  it("withholds a key and releases it again", async () => {
    await store.put(session("a"));
    await host.withhold(session("a"));
    deepEqual(
      (await store.list()).map(({ refused }) => refused),
      [true],
    );
    await host.release(session("a"));
    deepEqual(
      (await store.list()).map(({ refused }) => refused),
      [false],
    );
  });

  it("names a refused key by its account and its mask", () => {
    const messages: string[] = [];
    window.showWarningMessage = (async (message: string) => void messages.push(message)) as never;
    host.warnOfRefusal(session("a"));
    deepEqual(messages, [
      "OpenRouter no longer accepts VS Code a (sk-or-v1-...). Extensions can't use it anymore.",
    ]);
  });
});
