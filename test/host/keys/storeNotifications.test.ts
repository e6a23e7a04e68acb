import { deepEqual, match } from "node:assert/strict";
import { window } from "vscode";
import { SessionStore } from "../../../src/sessions/sessionStore";
import { reportCorruptRecords } from "../../../src/vscode/keys/storeNotifications";
import { recordLog } from "../../fakes/editor";
import { FakeSecretStorage, noIndex } from "../../fakes/secrets";

describe("A damaged record", () => {
  const { showWarningMessage } = window;
  let shown: string[];
  let answer: string | undefined;
  let answered: Promise<void>;

  beforeEach(() => {
    shown = [];
    answer = undefined;
    answered = new Promise((resolve) => {
      const show = async (message: string) => {
        shown.push(message);
        setImmediate(resolve);
        return answer;
      };
      Object.assign(window, { showWarningMessage: show });
    });
  });
  afterEach(() => void Object.assign(window, { showWarningMessage }));

  /** A window that finds the record, with what all windows remember. */
  async function open(storage: FakeSecretStorage, memory: Map<string, unknown>) {
    const store = new SessionStore(storage.window(), noIndex, () => 0);
    const state = {
      get: <T>(key: string, otherwise?: T) => (memory.get(key) as T | undefined) ?? (otherwise as T),
      update: async (key: string, value: unknown) => void memory.set(key, value),
    };
    reportCorruptRecords(store, state, recordLog().log);
    await store.list();
    return store;
  }

  function damaged(): FakeSecretStorage {
    const storage = new FakeSecretStorage();
    storage.stored.set("session", "the-record");
    storage.stored.set("session.the-record", '{"version":2}');
    return storage;
  }

  it("is told once, also of a window that is opened later, and stays as it is", async () => {
    const [storage, memory] = [damaged(), new Map<string, unknown>()];
    await open(storage, memory);
    await answered;
    await open(storage, memory);
    deepEqual(shown.length, 1);
    match(shown[0] ?? "", /It is kept as it is, and your other keys are fine/);
    deepEqual(storage.stored.get("session.the-record"), '{"version":2}');
  });

  it("is deleted when the person says so", async () => {
    const storage = damaged();
    answer = "Delete It";
    const removed = new Promise<void>((resolve) => {
      storage.window().onDidChange(({ key }) => key === "session.the-record" && resolve());
    });
    await open(storage, new Map());
    await removed;
    deepEqual(storage.stored.has("session.the-record"), false);
  });

  it("that can't be deleted is told, with what to do next", async () => {
    const storage = damaged();
    storage.interfere = (action) => {
      if (action === "delete") throw new Error("locked");
    };
    answer = "Delete It";
    const { showErrorMessage } = window;
    try {
      const told = new Promise<string>((resolve) => {
        Object.assign(window, { showErrorMessage: async (message: string) => resolve(message) });
      });
      await open(storage, new Map());
      match(await told, /Unlock your keyring/);
    } finally {
      Object.assign(window, { showErrorMessage });
    }
    deepEqual(storage.stored.has("session.the-record"), true);
  });
});
