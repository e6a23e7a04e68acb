import { deepEqual, equal, ok } from "node:assert/strict";
import { CancellationError, CancellationTokenSource, type Progress, window } from "vscode";
import type { Connection } from "../../../src/signIn/connection";
import { showSignInProgress } from "../../../src/vscode/signIn/signInProgress";

type Task = Parameters<typeof window.withProgress<unknown>>[1];

describe("The progress of a sign-in", () => {
  const { withProgress } = window;
  let messages: (string | undefined)[];
  let cancel: CancellationTokenSource;
  /** Until the notification closes. */
  let shown: Thenable<unknown>;

  beforeEach(() => {
    messages = [];
    cancel = new CancellationTokenSource();
    const progress: Progress<{ message?: string }> = { report: ({ message }) => void messages.push(message) };
    const show = (_: unknown, task: Task) => {
      shown = task(progress, cancel.token);
      return shown;
    };
    Object.assign(window, { withProgress: show });
  });
  afterEach(() => void Object.assign(window, { withProgress }));

  it("closes once the sign-in is settled, also by an error", async () => {
    for (const end of [Promise.resolve({} as Connection), Promise.reject(new Error("failed"))]) {
      const { settle } = showSignInProgress();
      settle(end);
      await shown;
    }
    deepEqual(messages, []);
  });

  it("says what the user does meanwhile", () => {
    showSignInProgress("authorize in your browser");
    deepEqual(messages, ["authorize in your browser"]);
  });

  it("aborts the sign-in when the user cancels", () => {
    const { signal } = showSignInProgress();
    equal(signal.aborted, false);
    cancel.cancel();
    ok(signal.reason instanceof CancellationError);
  });
});
