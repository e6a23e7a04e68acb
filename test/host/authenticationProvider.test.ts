import { deepEqual, equal, rejects } from "node:assert/strict";
import {
  type AuthenticationProviderAuthenticationSessionsChangeEvent,
  CancellationError,
  type Disposable,
  EventEmitter,
} from "vscode";
import type { Session } from "../../src/sessions/session";
import { SessionStore } from "../../src/sessions/sessionStore";
import { SignInCanceled, SignInError } from "../../src/signIn/errors";
import { OpenRouterAuthenticationProvider } from "../../src/vscode/authenticationProvider";
import { noLog } from "../fakes/editor";
import { FakeSecretStorage, noIndex } from "../fakes/secrets";

const session = (id: string, more: Partial<Session> = {}): Session => ({
  version: 2,
  id,
  key: `sk-or-v1-${id}`,
  label: `label of ${id}`,
  userId: "user",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
  ...more,
});
const account = ({ id, label }: Session) => ({ id: `https://openrouter.ai/api/v1#${id}`, label });
const asVsCodeSees = (shown: Session) => ({
  id: shown.id,
  accessToken: shown.key,
  account: account(shown),
  scopes: [],
});

describe("Authentication provider", () => {
  const disposables: Disposable[] = [];
  let storage: FakeSecretStorage;
  let store: SessionStore;
  let otherWindow: SessionStore;
  let connect: (replaces?: string) => Promise<Session>;
  let provider: OpenRouterAuthenticationProvider;
  let changes: EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>;
  let events: { added: string[]; removed: string[]; changed: string[] }[];

  beforeEach(async () => {
    storage = new FakeSecretStorage();
    store = new SessionStore(storage.window(), noIndex, () => 0);
    otherWindow = new SessionStore(storage.window(), noIndex, () => 0);
    connect = () => Promise.reject(new Error("Unexpected sign-in"));
    changes = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>();
    provider = new OpenRouterAuthenticationProvider(store, (replaces) => connect(replaces), noLog, {
      changes,
      reportedNoSessions: false,
    });
    disposables.push(store, otherWindow, provider, changes);
    await store.put(session("a"));
    await store.put(session("b"));
    events = [];
    const ids = (list: AuthenticationProviderAuthenticationSessionsChangeEvent["added"]) =>
      (list ?? []).map(({ id }) => id);
    changes.event(({ added, removed, changed }) => {
      events.push({ added: ids(added), removed: ids(removed), changed: ids(changed) });
    });
  });
  afterEach(() => {
    for (const disposable of disposables.splice(0)) disposable.dispose();
    equal(storage.listeners, 0);
  });

  /** Waits until this window has read what the other one wrote. */
  const catchUp = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    await store.list();
  };
  const nothing = { added: [], removed: [], changed: [] };

  it("announces the stored sessions if VS Code had got none before", async () => {
    const added: string[] = [];
    const late = new OpenRouterAuthenticationProvider(store, (replaces) => connect(replaces), noLog, {
      changes: { fire: (event) => void added.push(...(event.added ?? []).map(({ id }) => id)) },
      reportedNoSessions: true,
    });
    disposables.push(late);
    await store.list();
    deepEqual(added, ["a", "b"]);
  });

  it("returns all sessions if no scopes are requested", async () => {
    for (const scopes of [undefined, []]) {
      deepEqual(await provider.getSessions(scopes, {}), [
        asVsCodeSees(session("a")),
        asVsCodeSees(session("b")),
      ]);
    }
    deepEqual(events, []);
  });

  it("returns none if a scope is requested", async () => {
    deepEqual(await provider.getSessions(["admin"], {}), []);
  });

  it("returns the sessions of an account if one is given", async () => {
    const byId = { id: account(session("b")).id, label: "an earlier label" };
    const byLabel = { id: "of an earlier version", label: "label of b" };
    for (const wanted of [byId, byLabel]) {
      deepEqual(await provider.getSessions([], { account: wanted }), [asVsCodeSees(session("b"))]);
    }
    deepEqual(await provider.getSessions([], { account: { id: "nobody", label: "nobody" } }), []);
  });

  it("creates a session for an account by connecting that account again, also if its key was rejected", async () => {
    const replaced: (string | undefined)[] = [];
    connect = async (replaces) => {
      replaced.push(replaces);
      return session("a");
    };
    await store.markRefused(session("b"));
    await provider.createSession([], { account: account(session("a")) });
    await provider.createSession([], { account: account(session("b")) });
    await provider.createSession([], { account: { id: "nobody", label: "nobody" } });
    await provider.createSession([], {});
    deepEqual(replaced, ["a", "b", undefined, undefined]);
  });

  it("says in the account's id where the key is valid", async () => {
    await store.put(session("c", { baseUrl: "https://gateway.example/openrouter", createdAt: 1 }));
    const ids = (await provider.getSessions([], {})).map((found) => found.account.id.split("#")[0]);
    const openRouter = "https://openrouter.ai/api/v1";
    deepEqual(ids, [openRouter, openRouter, "https://gateway.example/openrouter/api/v1"]);
  });

  it("creates a session by signing in, and explains why it rejects scopes", async () => {
    let signIns = 0;
    connect = async () => {
      signIns++;
      return session("new");
    };
    await rejects(provider.createSession(["admin"]), /no scopes.*empty list/);
    equal(signIns, 0);
    deepEqual(await provider.createSession([]), asVsCodeSees(session("new")));
    equal(signIns, 1);
  });

  it("removes one session", async () => {
    await provider.removeSession("a");
    deepEqual(await store.list(), [session("b")]);
    deepEqual(events, [{ ...nothing, removed: ["a"] }]);
    await provider.removeSession("nobody's");
    deepEqual(await store.list(), [session("b")]);
    equal(events.length, 1);
  });

  for (const where of ["here", "in another window"] as const) {
    it(`reports each change made ${where} once, and nothing else`, async () => {
      const writer = where === "here" ? store : otherWindow;
      await writer.put(session("c"));
      await catchUp();
      await writer.put(session("c", { key: "replaced" }));
      await catchUp();
      await writer.put(session("c", { key: "replaced" })); // unchanged
      await catchUp();
      await writer.remove("c");
      await catchUp();
      deepEqual(events, [
        { ...nothing, added: ["c"] },
        { ...nothing, changed: ["c"] },
        { ...nothing, removed: ["c"] },
      ]);
    });

    it(`hides a key rejected ${where} until it is replaced`, async () => {
      const writer = where === "here" ? store : otherWindow;
      await writer.markRefused(session("a"));
      await catchUp();
      deepEqual(await provider.getSessions([], {}), [asVsCodeSees(session("b"))]);
      await writer.put(session("a", { key: "successor" }));
      await catchUp();
      deepEqual(events, [
        { ...nothing, removed: ["a"] },
        { ...nothing, added: ["a"] },
      ]);
    });

    it(`doesn't report a rejected key again when it is removed ${where}, or restored`, async () => {
      const writer = where === "here" ? store : otherWindow;
      await writer.markRefused(session("a"));
      await catchUp();
      await writer.remove("a");
      await catchUp();
      await writer.put(session("a", { refused: true }));
      await catchUp();
      deepEqual(events, [{ ...nothing, removed: ["a"] }]);
    });
  }

  it("explains that the keyring is locked", async () => {
    storage.interfere = () => {
      throw new Error("org.freedesktop.Secret.Error.IsLocked");
    };
    const isExplained = (error: unknown) =>
      error instanceof Error &&
      /Unlock or set up your keyring/.test(error.message) &&
      !/freedesktop/.test(error.message);
    const unread = new SessionStore(storage.window(), noIndex, () => 0);
    const early = new OpenRouterAuthenticationProvider(unread, () => connect(), noLog, {
      changes,
      reportedNoSessions: false,
    });
    disposables.push(unread, early);
    await rejects(early.getSessions([], {}), isExplained);
    equal((await provider.getSessions([], {})).length, 2); // these were read before
    await rejects(provider.removeSession("a"), isExplained);
    deepEqual(events, []);
  });

  it("explains why a sign-in failed, and says nothing if it was canceled", async () => {
    connect = () => Promise.reject(new SignInError("timedOut"));
    await rejects(provider.createSession([]), /The sign-in timed out/);
    for (const error of [new SignInCanceled(), new CancellationError()]) {
      connect = () => Promise.reject(error);
      await rejects(provider.createSession([]), CancellationError);
    }
  });
});
