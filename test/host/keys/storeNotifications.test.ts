import { deepEqual, match } from "node:assert/strict";
import { window } from "vscode";
import { SessionStore } from "../../../src/sessions/sessionStore";
import { reportCorruptRecords } from "../../../src/vscode/keys/storeNotifications";
import { recordLog } from "../../fakes/editor";
import { FakeSecretStorage, noIndex } from "../../fakes/secrets";

describe("A corrupt record", () => {
  const { showWarningMessage } = window;
  let shown: string[];
  let pressed: string | undefined;
  let notified: Promise<void>;

  beforeEach(() => {
    shown = [];
    pressed = undefined;
    notified = new Promise((resolve) => {
      const show = async (message: string) => {
        shown.push(message);
        setImmediate(resolve);
        return pressed;
      };
      Object.assign(window, { showWarningMessage: show });
    });
  });
  afterEach(() => void Object.assign(window, { showWarningMessage }));

  /** Opens a window that finds the record. All windows share the memory. */
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

  function withCorruptRecord(): FakeSecretStorage {
    const storage = new FakeSecretStorage();
    storage.stored.set("session", "the-record");
    storage.stored.set("session.the-record", '{"version":2}');
    return storage;
  }

  it("is reported once, even if another window opens later, and is kept unchanged", async () => {
    const [storage, memory] = [withCorruptRecord(), new Map<string, unknown>()];
    await open(storage, memory);
    await notified;
    await open(storage, memory);
    deepEqual(shown.length, 1);
    match(shown[0] ?? "", /It's kept unchanged, and your other keys aren't affected/);
    deepEqual(storage.stored.get("session.the-record"), '{"version":2}');
  });

  it("is deleted when the user chooses to", async () => {
    const storage = withCorruptRecord();
    pressed = "Delete Stored Key";
    const removed = new Promise<void>((resolve) => {
      storage.window().onDidChange(({ key }) => key === "session.the-record" && resolve());
    });
    await open(storage, new Map());
    await removed;
    deepEqual(storage.stored.has("session.the-record"), false);
  });

  it("that can't be deleted shows an error that says what to do next", async () => {
    const storage = withCorruptRecord();
    storage.interfere = (action) => {
      if (action === "delete") throw new Error("locked");
    };
    pressed = "Delete Stored Key";
    const { showErrorMessage } = window;
    try {
      const error = new Promise<string>((resolve) => {
        Object.assign(window, { showErrorMessage: async (message: string) => resolve(message) });
      });
      await open(storage, new Map());
      match(await error, /Unlock or set up your keyring/);
    } finally {
      Object.assign(window, { showErrorMessage });
    }
    deepEqual(storage.stored.has("session.the-record"), true);
  });
});
