import { deepEqual, equal } from "node:assert/strict";
import {
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  type Disposable,
  EventEmitter,
} from "vscode";
import { LazyServices } from "../../src/lazyServices";
import type { Services } from "../../src/services";
import type { Secrets } from "../../src/sessions/secretCollection";
import { FakeSecretStorage } from "../fakes/secrets";

const stored = [{ id: "a", accessToken: "key", account: { id: "user", label: "label" }, scopes: [] }];

describe("Lazy parts", () => {
  const subscriptions: Disposable[] = [];
  let storage: FakeSecretStorage;
  let state: string[];
  /** What each load was told. */
  let loads: boolean[];
  let changes: EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>;

  beforeEach(() => {
    storage = new FakeSecretStorage();
    state = [];
    loads = [];
    changes = new EventEmitter();
  });
  afterEach(() => {
    for (const subscription of subscriptions.splice(0)) subscription.dispose();
    equal(storage.listeners, 0);
  });

  function open(secrets = storage.window()) {
    const provider = { onDidChangeSessions: changes.event, getSessions: async () => stored };
    const context = {
      subscriptions,
      secrets,
      globalState: { keys: () => state },
    };
    const lazy = new LazyServices(
      context as unknown as ConstructorParameters<typeof LazyServices>[0],
      async (reportedNoSessions) => {
        loads.push(reportedNoSessions);
        return { provider } as unknown as Services;
      },
    );
    subscriptions.push(lazy);
    return lazy;
  }

  it("answers that there are none where nothing was ever kept, and loads nothing", async () => {
    const lazy = open();
    lazy.loadIfUsed();
    deepEqual(await lazy.provider.getSessions(undefined, {}), []);
    deepEqual(loads, []);
  });

  it("asks what is stored once, and answers at once from then on", async () => {
    const lazy = open();
    let lists = 0;
    storage.interfere = (action) => void (action === "keys" && lists++);
    for (let i = 0; i < 3; i++) deepEqual(await lazy.provider.getSessions(undefined, {}), []);
    equal(lists, 1);
    state = ["sessions"]; // another window of a browser connects: that is all that this one hears
    deepEqual(await lazy.provider.getSessions(undefined, {}), stored);
  });

  it("loads when another window stores a key, knowing what VS Code was told, and passes changes on", async () => {
    const lazy = open();
    await lazy.provider.getSessions(undefined, {});
    await storage.window().store("session.a", "…");
    deepEqual(await lazy.provider.getSessions(undefined, {}), stored);
    deepEqual(loads, [true]);
    const told = new Promise((heard) => lazy.provider.onDidChangeSessions(heard));
    const change = { added: [], removed: [], changed: [] };
    changes.fire(change);
    equal(await told, change);
  });

  it("loads at once for one who has connected before", async () => {
    state = ["credits"];
    open().loadIfUsed();
    deepEqual(loads, [false]);
  });

  const unknown: [string, Partial<Secrets>, FakeSecretStorage?][] = [
    ["can't be listed", {}, new FakeSecretStorage("missing")],
    ["have no list in this browser", {}, new FakeSecretStorage("unsupported")],
    ["can't be read", { keys: () => Promise.reject(new Error("locked")) }],
    ["are there", { keys: async () => ["session.a"] }],
  ];
  for (const [what, keys, other] of unknown) {
    it(`asks the store where secrets ${what}`, async () => {
      storage = other ?? storage;
      const lazy = open({ ...storage.window(), ...keys });
      deepEqual(await lazy.provider.getSessions(undefined, {}), stored);
      deepEqual(loads, [false]);
    });
  }
});
