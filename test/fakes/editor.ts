import type { Log } from "../../src/common/log";
import { SessionStore } from "../../src/sessions/sessionStore";
import { PendingSignIns } from "../../src/signIn/pendingSignIns";
import { SignIn } from "../../src/signIn/signIn";
import type { SignInHost } from "../../src/signIn/signInHost";
import { FakeBrowser, type FakeSecretStorage, noIndex } from "./secrets";

/** Without `node:assert`, since this runs in the web extension host as well. */
function unexpected(what: string): never {
  throw new Error(`Unexpectedly ${what}`);
}

/** For those who don't read it. */
export const noLog: Log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** A log that remembers: one line each, with the level before it. */
export function recordLog(lines: string[] = []) {
  const record = (level: string) => (text: string) => void lines.push(`${level} ${text}`);
  const log: Log = {
    trace: record("trace"),
    debug: record("debug"),
    info: record("info"),
    warn: record("warn"),
    error: record("error"),
  };
  return { log, lines };
}

/** One window of an editor with a sign-in in it, and a browser that only remembers what it should open. */
export function openWindow(
  storage: FakeSecretStorage | FakeBrowser,
  baseUrl: string,
  overrides: Partial<SignInHost> = {},
) {
  const opened: string[] = [];
  const waiters: ((address: string) => void)[] = [];
  const host: SignInHost = {
    environment: { uiKind: "desktop", extensionHost: "node", local: true },
    askForCode: () => unexpected("asked for a code"),
    askReplace: async () => "keepBoth",
    offerKeyForCopying: async () => false,
    withProgress: (work) => work(new AbortController().signal),
    offerAddress: () => unexpected("offered the address"),
    editor: "A fake editor",
    log: noLog,
    loopbackPage: () => "<h1>You can close this tab</h1>",
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    settings: () => ({ baseUrl, requestedTerms: {} }),
    callbackUrl: async (query) => `code-oss://connect-openrouter.connect-openrouter/callback?${query}`,
    openExternal: async (address) => {
      const waiter = waiters.shift();
      if (waiter) waiter(address);
      else opened.push(address);
      return true;
    },
    ...overrides,
  };
  const { secrets, index } =
    storage instanceof FakeBrowser ? storage.window() : { secrets: storage.window(), index: noIndex };
  const store = new SessionStore(secrets, index, host.now);
  const pending = new PendingSignIns(secrets, host.now, () => store.assertWritable());
  return {
    store,
    pending,
    signIn: new SignIn(host, store, pending),
    /** The next address that the browser is sent to. */
    nextAddress: async () => opened.shift() ?? new Promise<string>((resolve) => void waiters.push(resolve)),
    /** As when the window is closed: nobody listens any more. */
    close() {
      store.dispose();
      pending.dispose();
    },
  };
}
