import { deepEqual, equal, rejects } from "node:assert/strict";
import type { Disposable } from "vscode";
import { LazyAuthenticationProvider } from "../../src/lazyAuthenticationProvider";
import { LazyServices } from "../../src/lazyServices";
import type { Services } from "../../src/services";
import type { Secrets } from "../../src/sessions/secretCollection";
import { FakeClock } from "../fakes/clock";
import { FakeSecretStorage } from "../fakes/secrets";

const stored = [{ id: "a", accessToken: "key", account: { id: "user", label: "label" }, scopes: [] }];

describe("Lazy services", () => {
  const subscriptions: Disposable[] = [];
  let storage: FakeSecretStorage;
  let state: string[];
  /** For each load: whether VS Code had got "no sessions" before. */
  let loads: boolean[];

  beforeEach(() => {
    storage = new FakeSecretStorage();
    state = [];
    loads = [];
  });
  afterEach(() => {
    for (const subscription of subscriptions.splice(0)) subscription.dispose();
    equal(storage.listeners, 0);
  });

  function open(secrets = storage.window(), failures = 0) {
    const services = new LazyServices(
      { secrets, globalState: { keys: () => state } } as unknown as ConstructorParameters<
        typeof LazyServices
      >[0],
      async () => {
        loads.push(provider.reportedNoSessions);
        if (loads.length <= failures) throw new Error("The file can't be read");
        return { provider: { getSessions: async () => stored } } as unknown as Services;
      },
    );
    const provider = new LazyAuthenticationProvider(services);
    subscriptions.push(services);
    return { services, provider };
  }

  it("report no sessions, without loading anything, if nothing was ever stored", async () => {
    const { services, provider } = open();
    services.loadIfUsed();
    deepEqual(await provider.getSessions(undefined, {}), []);
    deepEqual(loads, []);
  });

  it("check what is stored once, and respond immediately from then on", async () => {
    const { provider } = open();
    let lists = 0;
    storage.interfere = (action) => void (action === "keys" && lists++);
    for (let i = 0; i < 3; i++) deepEqual(await provider.getSessions(undefined, {}), []);
    equal(lists, 1);
    state = ["sessions"]; // another window in a browser connected: this is all that this window notices
    deepEqual(await provider.getSessions(undefined, {}), stored);
  });

  it("load when another window stores a key, and know that VS Code got no sessions before", async () => {
    const { provider } = open();
    await provider.getSessions(undefined, {});
    await storage.window().store("session.a", "…");
    deepEqual(await provider.getSessions(undefined, {}), stored);
    deepEqual(loads, [true]);
  });

  it("load immediately for a user who has connected before", async () => {
    state = ["credits"];
    open().services.loadIfUsed();
    deepEqual(loads, [false]);
  });

  it("load for a user who has connected in another profile", async () => {
    await storage.window().store("session.a", "…");
    await open().services.loadIfNeeded();
    deepEqual(loads, [false]);
  });

  it("aren't loaded at start-up if nothing was ever stored", async () => {
    await open().services.loadIfNeeded();
    deepEqual(loads, []);
  });

  it("don't wait longer than ten seconds for a list of secrets", async () => {
    const clock = new FakeClock();
    clock.install();
    try {
      const { provider } = open({ ...storage.window(), keys: () => new Promise(() => {}) });
      const sessions = provider.getSessions(undefined, {});
      clock.advance(10_000);
      deepEqual(await sessions, stored);
    } finally {
      clock.uninstall();
    }
  });

  it("are loaded again after a load that failed, at once and at the next call", async () => {
    state = ["credits"];
    const { provider } = open(undefined, 3);
    await rejects(async () => provider.getSessions(undefined, {}), /can't be read/);
    deepEqual(await provider.getSessions(undefined, {}), stored);
    equal(loads.length, 4);
  });

  const undecided: [string, Partial<Secrets>, FakeSecretStorage?][] = [
    ["can't be listed by this version of VS Code", {}, new FakeSecretStorage("missing")],
    ["can't be listed in this browser", {}, new FakeSecretStorage("unsupported")],
    ["can't be read", { keys: () => Promise.reject(new Error("locked")) }],
    ["exist", { keys: async () => ["session.a"] }],
  ];
  for (const [what, keys, other] of undecided) {
    it(`load the services if secrets ${what}`, async () => {
      storage = other ?? storage;
      const { provider } = open({ ...storage.window(), ...keys });
      deepEqual(await provider.getSessions(undefined, {}), stored);
      deepEqual(loads, [false]);
    });
  }
});
