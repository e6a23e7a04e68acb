import type { Log } from "../../src/common/log";
import { SessionStore } from "../../src/sessions/sessionStore";
import { PendingSignIns } from "../../src/signIn/pendingSignIns";
import { SignIn } from "../../src/signIn/signIn";
import type { SignInHost } from "../../src/signIn/signInHost";
import { FakeBrowser, type FakeSecretStorage, noIndex } from "./secrets";

/** Doesn't use `node:assert`, since it also runs in the web extension host. */
function unexpected(what: string): never {
  throw new Error(`Unexpectedly ${what}`);
}

/** A log for tests that don't read it. */
export const noLog: Log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** A log that records its lines, each prefixed with its level. */
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

/** An editor window with a `SignIn`, and a browser that only records the URLs to open. */
export function openWindow(
  storage: FakeSecretStorage | FakeBrowser,
  baseUrl: string,
  overrides: Partial<SignInHost> = {},
) {
  const opened: string[] = [];
  const waiters: ((url: string) => void)[] = [];
  const host: SignInHost = {
    environment: { uiKind: "desktop", extensionHost: "node", local: true },
    askForCode: () => unexpected("asked for a code"),
    askReplace: async () => "keepBoth",
    findUser: async () => undefined,
    offerKeyForCopying: async () => false,
    showProgress: () => ({ signal: new AbortController().signal, settle() {} }),
    offerUrl: () => unexpected("offered the URL"),
    editor: "A fake editor",
    log: noLog,
    loopbackPage: () => "<h1>You can close this tab</h1>",
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    settings: () => ({ baseUrl, requestedTerms: {} }),
    callbackUrl: async (query) => `code-oss://connect-openrouter.connect-openrouter/callback?${query}`,
    openExternal: async (url) => {
      const waiter = waiters.shift();
      if (waiter) waiter(url);
      else opened.push(url);
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
    /** The next URL that is opened in the browser. */
    nextUrl: async () => opened.shift() ?? new Promise<string>((resolve) => void waiters.push(resolve)),
    /** Closes the window, so that nothing listens any more. */
    close() {
      store.dispose();
      pending.dispose();
    },
  };
}
