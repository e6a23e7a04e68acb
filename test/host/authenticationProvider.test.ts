import { deepEqual, equal, rejects } from "node:assert/strict";
import {
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  CancellationError,
  type Disposable,
  EventEmitter,
} from "vscode";
import type { Session } from "../../src/sessions/session";
import { SessionStore } from "../../src/sessions/sessionStore";
import { SignInCancelled, SignInError } from "../../src/signIn/errors";
import { OpenRouterAuthenticationProvider } from "../../src/vscode/authenticationProvider";
import { noLog } from "../fakes/editor";
import { FakeSecretStorage, noIndex } from "../fakes/secrets";

const session = (id: string, more: Partial<Session> = {}): Session => ({
  version: 1,
  id,
  key: `sk-or-v1-${id}`,
  account: { id: `user-${id}`, label: `label of ${id}` },
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
  ...more,
});
const seen = ({ id, key, account }: Session) => ({ id, accessToken: key, account, scopes: [] });

describe("Authentication provider", () => {
  const disposables: Disposable[] = [];
  let storage: FakeSecretStorage;
  let store: SessionStore;
  let otherWindow: SessionStore;
  let connect: () => Promise<Session>;
  let provider: OpenRouterAuthenticationProvider;
  let changes: EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>;
  let told: { added: string[]; removed: string[]; changed: string[] }[];

  beforeEach(async () => {
    storage = new FakeSecretStorage();
    store = new SessionStore(storage.window(), noIndex, () => 0);
    otherWindow = new SessionStore(storage.window(), noIndex, () => 0);
    connect = () => Promise.reject(new Error("Nobody signs in"));
    changes = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
    provider = new OpenRouterAuthenticationProvider(store, () => connect(), noLog, {
      changes,
      reportedNoSessions: false,
    });
    disposables.push(store, otherWindow, provider, changes);
    await store.put(session("a"));
    await store.put(session("b"));
    told = [];
    const ids = (list: AuthenticationProviderAuthenticationSessionsChangeEvent["added"]) =>
      (list ?? []).map(({ id }) => id);
    changes.event(({ added, removed, changed }) => {
      told.push({ added: ids(added), removed: ids(removed), changed: ids(changed) });
    });
  });
  afterEach(() => {
    for (const disposable of disposables.splice(0)) disposable.dispose();
    equal(storage.listeners, 0);
  });

  /** Lets this window hear of what the other has written. */
  const heard = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    await store.list();
  };
  const nothing = { added: [], removed: [], changed: [] };

  it("tells of the sessions that there are, if VS Code was told that there are none", async () => {
    const added: string[] = [];
    const late = new OpenRouterAuthenticationProvider(store, () => connect(), noLog, {
      changes: { fire: (event) => void added.push(...(event.added ?? []).map(({ id }) => id)) },
      reportedNoSessions: true,
    });
    disposables.push(late);
    await store.list();
    deepEqual(added, ["a", "b"]);
  });

  it("gives all sessions where no scopes are asked for", async () => {
    for (const scopes of [undefined, []]) {
      deepEqual(await provider.getSessions(scopes, {}), [seen(session("a")), seen(session("b"))]);
    }
    deepEqual(told, []);
  });

  it("gives none where a scope is asked for", async () => {
    deepEqual(await provider.getSessions(["admin"], {}), []);
  });

  it("gives those of an account where one is named", async () => {
    deepEqual(await provider.getSessions([], { account: session("b").account }), [seen(session("b"))]);
    deepEqual(await provider.getSessions([], { account: { id: "nobody", label: "label of b" } }), []);
  });

  it("creates a session by signing in, and refuses scopes in words", async () => {
    let asked = 0;
    connect = async () => {
      asked++;
      return session("new");
    };
    await rejects(provider.createSession(["admin"]), /no scopes.*empty list/);
    equal(asked, 0);
    deepEqual(await provider.createSession([]), seen(session("new")));
    equal(asked, 1);
  });

  it("removes one session", async () => {
    await provider.removeSession("a");
    deepEqual(await store.list(), [session("b")]);
    deepEqual(told, [{ ...nothing, removed: ["a"] }]);
    await provider.removeSession("nobody's");
    deepEqual(await store.list(), [session("b")]);
    equal(told.length, 1);
  });

  for (const where of ["here", "in another window"] as const) {
    it(`tells each change ${where} once, and nothing else`, async () => {
      const writer = where === "here" ? store : otherWindow;
      await writer.put(session("c"));
      await heard();
      await writer.put(session("c", { key: "replaced" }));
      await heard();
      await writer.put(session("c", { key: "replaced" })); // as it was
      await heard();
      await writer.remove("c");
      await heard();
      deepEqual(told, [
        { ...nothing, added: ["c"] },
        { ...nothing, changed: ["c"] },
        { ...nothing, removed: ["c"] },
      ]);
    });

    it(`a key refused ${where} is gone until it is replaced`, async () => {
      const writer = where === "here" ? store : otherWindow;
      await writer.markRefused(session("a"));
      await heard();
      deepEqual(await provider.getSessions([], {}), [seen(session("b"))]);
      await writer.put(session("a", { key: "successor" }));
      await heard();
      deepEqual(told, [
        { ...nothing, removed: ["a"] },
        { ...nothing, added: ["a"] },
      ]);
    });

    it(`a refused key that is removed ${where}, or put back, is not told of again`, async () => {
      const writer = where === "here" ? store : otherWindow;
      await writer.markRefused(session("a"));
      await heard();
      await writer.remove("a");
      await heard();
      await writer.put(session("a", { refused: true }));
      await heard();
      deepEqual(told, [{ ...nothing, removed: ["a"] }]);
    });
  }

  it("says in words that the keyring is locked", async () => {
    storage.interfere = () => {
      throw new Error("org.freedesktop.Secret.Error.IsLocked");
    };
    const inWords = (error: unknown) =>
      error instanceof Error &&
      /Unlock your keyring/.test(error.message) &&
      !/freedesktop/.test(error.message);
    const unread = new SessionStore(storage.window(), noIndex, () => 0);
    const early = new OpenRouterAuthenticationProvider(unread, () => connect(), noLog, {
      changes,
      reportedNoSessions: false,
    });
    disposables.push(unread, early);
    await rejects(early.getSessions([], {}), inWords);
    equal((await provider.getSessions([], {})).length, 2); // they were read before
    await rejects(provider.removeSession("a"), inWords);
    deepEqual(told, []);
  });

  it("says in words why a sign-in failed, and nothing where it was cancelled", async () => {
    connect = () => Promise.reject(new SignInError("timedOut"));
    await rejects(provider.createSession([]), /Try again when you have time/);
    for (const error of [new SignInCancelled(), new CancellationError()]) {
      connect = () => Promise.reject(error);
      await rejects(provider.createSession([]), CancellationError);
    }
  });
});
