import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import { connect } from "node:net";
import fc from "fast-check";
import { CancellationError, type MessageItem, Uri, window } from "vscode";
import { parseCallback } from "../../../src/openrouter/callback";
import type { Session } from "../../../src/sessions/session";
import { showSignInProgress } from "../../../src/vscode/signIn/signInProgress";
import { SignInUi } from "../../../src/vscode/signIn/signInUi";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { openWindow, recordLog } from "../../fakes/editor";
import { FakeSecretStorage } from "../../fakes/secrets";

const session: Session = {
  version: 2,
  id: "a",
  key: "sk-or-v1-a",
  label: "VS Code",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
};
const callbackUrl = "vscode://connect-openrouter.connect-openrouter/callback";

describe("Callback handling", () => {
  let fakeOpenRouter: FakeOpenRouter;
  let storage: FakeSecretStorage;
  let logged: string[];
  let shown: string[];
  /** The button of messages that the user presses. */
  let pressed: string | undefined;
  const windows: ReturnType<typeof openWindow>[] = [];
  // Thousands of notifications would pile up in the window, and showing one resolves only once it closes. So these
  // three are replaced here, rather than injected into the extension just for tests.
  const { showErrorMessage, showInformationMessage, showWarningMessage } = window;

  before(async () => {
    fakeOpenRouter = await startFakeOpenRouter();
    const show = async (message: string, ...items: MessageItem[]) => {
      shown.push(message);
      return items.find(({ title }) => title === pressed);
    };
    Object.assign(window, { showErrorMessage: show, showInformationMessage: show, showWarningMessage: show });
  });
  after(async () => {
    Object.assign(window, { showErrorMessage, showInformationMessage, showWarningMessage });
    await fakeOpenRouter.close();
  });
  beforeEach(() => {
    storage = new FakeSecretStorage();
    logged = [];
    shown = [];
    pressed = undefined;
  });
  afterEach(() => {
    fakeOpenRouter.misbehave({});
    for (const opened of windows.splice(0)) opened.close();
    // The secrets of this test: all that the fake OpenRouter received or issued.
    const secrets = fakeOpenRouter.keys.map(({ key }) => key);
    for (const { url, body = "" } of fakeOpenRouter.requests)
      secrets.push(...`${url} ${body}`.split(/[^\w~.-]+/));
    if (fakeOpenRouter.lastCode) secrets.push(fakeOpenRouter.lastCode);
    for (const text of [...logged, ...shown]) {
      for (const secret of secrets)
        ok(secret.length < 20 || !text.includes(secret), `a secret is in ${text}`);
      doesNotMatch(text, /state=|code=|codeVerifier/);
    }
  });

  /** A window, with everything that its URI handler needs. Somebody has decided about the limit, unless that is open. */
  function open(limit: ConstructorParameters<typeof SignInUi>[1] = { isNeeded: false, ask: unexpected }) {
    const { log } = recordLog(logged);
    const opened = openWindow(storage, fakeOpenRouter.url, {
      callbackUrl: async (query) => `${callbackUrl}?${query}`,
      showProgress: showSignInProgress,
      log,
    });
    windows.push(opened);
    const notification = {
      show: async (_: unknown, options?: { forChat?: boolean }) =>
        void shown.push(`Connected to OpenRouter${options?.forChat ? " for the chat" : ""}`),
    };
    return { ...opened, ui: new SignInUi(opened.signIn, limit, notification, log) };
  }

  /** The callback as VS Code passes it on, on the desktop: percent-decoded. */
  const authorize = async (url: string) => Uri.parse((await fakeOpenRouter.authorize(url)) ?? "", true);
  const newestKey = () => fakeOpenRouter.keys.at(-1)?.key;

  it("asks about the limit first, where nobody has decided, and begins once that's answered", async () => {
    let answer: (isAnswered: boolean) => void = () => {};
    const question = new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    const { ui, nextUrl } = open({ isNeeded: true, ask: () => question });
    const connected = ui.connect({ flow: "uriCallback" });
    const page = nextUrl();
    equal(
      await Promise.race([page, new Promise((resolve) => setImmediate(() => resolve("none yet")))]),
      "none yet",
    );
    deepEqual(logged, []);
    answer(true);
    await ui.handleUri(await authorize(await page));
    await connected;
  });

  it("ends silently, with nothing begun, where the question about the limit is canceled", async () => {
    const { ui } = open({ isNeeded: true, ask: async () => false });
    await rejects(ui.connect({ flow: "uriCallback" }), CancellationError);
    deepEqual([shown, logged, [...storage.stored]], [[], [], []]);
  });

  it("asks nothing where no key could be stored anyway", async () => {
    const { ui } = open({ isNeeded: true, ask: unexpected });
    storage.interfere = () => Promise.reject(new Error("locked"));
    await rejects(ui.connect({ flow: "uriCallback" }), { name: "SecretStorageError" });
    match(shown[0] ?? "", /^Can't read your keys/);
  });

  it("completes a sign-in in the window that began it", async () => {
    const { ui, nextUrl } = open();
    const connected = ui.connect({ flow: "uriCallback" });
    await ui.handleUri(await authorize(await nextUrl()));
    equal((await connected).key, newestKey());
    equal(shown.length, 1);
    equal(shown[0], "Connected to OpenRouter");
    const lines = ["begins", "browser opened", "came back", ": 200, ", "connected"];
    equal(logged.length, lines.length);
    for (const [n, line] of lines.entries()) ok(logged[n]?.includes(line), logged[n]);
  });

  it("says once that the chat is next, in whichever way the callback came", async () => {
    const { ui, nextUrl } = open();
    for (const flow of ["uriCallback", "loopback"] as const) {
      const connected = ui.connect({ flow, forChat: true });
      const url = await nextUrl();
      if (flow === "uriCallback") await ui.handleUri(await authorize(url));
      else await openInBrowser((await fakeOpenRouter.authorize(url)) ?? "");
      await connected;
      deepEqual(shown.splice(0), ["Connected to OpenRouter for the chat"]);
    }
  });

  it("completes it in another window, which says so, and both have the key", async () => {
    const here = open();
    const there = open();
    const connected = here.ui.connect({ flow: "uriCallback" });
    await there.ui.handleUri(await authorize(await here.nextUrl()));
    equal((await connected).key, newestKey());
    deepEqual(await there.store.list(), await here.store.list());
    match(shown[0] ?? "", /^Connected to OpenRouter/);
  });

  it("completes it in a window that was reloaded meanwhile", async () => {
    const before = open();
    before.ui.connect({ flow: "uriCallback" }).catch(() => {});
    const callback = await authorize(await before.nextUrl());
    before.close();
    const reloaded = open();
    await reloaded.ui.handleUri(callback);
    deepEqual(
      (await reloaded.store.list()).map(({ key }) => key),
      [newestKey()],
    );
  });

  it("logs a link on another path, without its query, and shows nothing", async () => {
    const { ui } = open();
    for (const path of ["/", "", "/callback/", "/Callback", "//callback", "/other"]) {
      logged.length = 0;
      await ui.handleUri(Uri.from({ scheme: "vscode", authority: "a.b", path, query: "code=c&state=s" }));
      equal(logged.length, 1, path);
    }
    deepEqual(shown, []);
  });

  it("reports a forged code, denial or nonsense, and keeps the sign-in going", async () => {
    const { ui, nextUrl } = open();
    const connected = ui.connect({ flow: "uriCallback" });
    const authorizationUrl = await nextUrl();
    const requests = fakeOpenRouter.requests.length;
    for (const query of ["code=attacker&state=guessed", "error=access_denied&state=guessed", "", "code=c"]) {
      shown = [];
      await ui.handleUri(Uri.parse(`${callbackUrl}?${query}`, true));
      equal(shown.length, 1, query);
    }
    equal(fakeOpenRouter.requests.length, requests);
    await ui.handleUri(await authorize(authorizationUrl));
    await connected;
  });

  it("accepts a callback only once", async () => {
    const { ui, nextUrl } = open();
    const connected = ui.connect({ flow: "uriCallback" });
    const callback = await authorize(await nextUrl());
    await Promise.all([ui.handleUri(callback), ui.handleUri(callback)]);
    await connected;
    const requests = fakeOpenRouter.requests.length;
    await ui.handleUri(callback);
    equal(fakeOpenRouter.requests.length, requests);
    equal(shown.filter((message) => /^Connected/.test(message)).length, 1);
  });

  it("ends the window's other attempts with what connected, and shows that once", async () => {
    const { ui, nextUrl, store } = open();
    const closedTab = ui.connect({ flow: "uriCallback" });
    const lateCallback = await authorize(await nextUrl());
    const second = ui.connect({ flow: "uriCallback" });
    await ui.handleUri(await authorize(await nextUrl()));
    deepEqual(await closedTab, await second);
    deepEqual(shown, ["Connected to OpenRouter"]);
    const requests = fakeOpenRouter.requests.length;
    await ui.handleUri(lateCallback);
    equal(fakeOpenRouter.requests.length, requests, "a second key was requested");
    deepEqual((await store.list()).length, 1);
  });

  it("ends the window's attempts when a sign-in of a closed window, or a pasted key, connects", async () => {
    const closed = open();
    closed.ui.connect({ flow: "uriCallback" }).catch(() => {});
    const callback = await authorize(await closed.nextUrl());
    closed.close();
    const { ui, nextUrl, store } = open();
    const first = ui.connect({ flow: "uriCallback" });
    await nextUrl();
    await ui.handleUri(callback);
    const [stored] = await store.list();
    ok(stored);
    deepEqual(await first, stored);
    const second = ui.connect({ flow: "uriCallback" });
    await nextUrl();
    ui.connected(session);
    deepEqual(await second, session);
    deepEqual(shown, ["Connected to OpenRouter"]);
  });

  it("offers other flows for the attempt that the link belongs to, also after a later one has ended", async () => {
    const { showQuickPick } = window;
    const { ui, nextUrl } = open();
    const first = ui.connect({ flow: "uriCallback" });
    await nextUrl();
    const second = ui.connect({ flow: "uriCallback" });
    second.catch(() => {});
    await ui.handleUri(Uri.parse((await fakeOpenRouter.deny(await nextUrl())) ?? "", true));
    await rejects(second);
    try {
      for (const number of [1, undefined]) {
        let offered = 0;
        Object.assign(window, {
          showQuickPick: async (items: unknown[]) => {
            offered = items.length;
            return undefined;
          },
        });
        await ui.tryAnotherFlow(number);
        ok(offered > 0);
      }
    } finally {
      Object.assign(window, { showQuickPick });
    }
    ui.connected(session);
    await first;
  });

  it("stores no key after a denied sign-in", async () => {
    const { ui, nextUrl, store } = open();
    const connected = ui.connect({ flow: "uriCallback" });
    const rejection = rejects(connected);
    await ui.handleUri(Uri.parse((await fakeOpenRouter.deny(await nextUrl())) ?? "", true));
    await rejection;
    deepEqual(await store.list(), []);
    equal(shown.length, 1);
  });

  it("goes on with what needed the key, also where another flow brought it", async () => {
    const { ui, nextUrl } = open();
    pressed = "Sign In via Local Server";
    const page = nextUrl();
    const goesOn = new Promise<void>((again) => {
      void ui.connect({ flow: "uriCallback", forChat: true, again }).catch(() => {});
    });
    fakeOpenRouter.misbehave({ exchange: { answer: { status: 500 }, times: 1 } });
    await ui.handleUri(await authorize(await page));
    await openInBrowser((await fakeOpenRouter.authorize(await nextUrl())) ?? "");
    await goesOn;
    deepEqual(shown.slice(1), ["Connected to OpenRouter for the chat"]);
  });

  it("survives 10,000 hostile links during a sign-in, and completes it", async function () {
    this.timeout(60_000);
    const { ui, nextUrl, store } = open();
    const connected = ui.connect({ flow: "uriCallback" });
    const authorizationUrl = await nextUrl();
    const ours =
      new URL(new URL(authorizationUrl).searchParams.get("callback_url") ?? "").searchParams.get("state") ??
      "";
    const requests = fakeOpenRouter.requests.length;
    const keys = await store.list();
    const value = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.constantFrom(ours.slice(1), ours.slice(0, -1), ours.toUpperCase(), `${ours} `, `${ours}${ours}`, ""),
      fc.base64String({ maxLength: 3000 }),
      fc.constantFrom("%", "%00", "%2", "\0", "../..", "__proto__", "constructor", "access_denied", "=", "#"),
    );
    const name = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom("code", "state", "error", "error_description", "windowId") },
      { weight: 1, arbitrary: fc.string({ maxLength: 9 }) },
    );
    const query = fc
      .array(fc.tuple(name, value), { maxLength: 5 })
      .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
    const path = fc.oneof(
      { weight: 8, arbitrary: fc.constant("/callback") },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme" }).map((text) => `/${text.replace(/^\/+/, "")}`) },
    );
    const scheme = fc.constantFrom("vscode", "code-oss", "https", "javascript", "file");
    const links = fc.sample(
      fc
        .record({ scheme, path, query, fragment: value })
        // OpenRouter may send a denial without state, which counts while there is only one sign-in.
        .filter((link) => {
          const callback = parseCallback(link);
          return callback.kind !== "denied" || callback.state !== undefined;
        }),
      { numRuns: 10_000, seed: 1 },
    );
    equal(links.length, 10_000);
    for (let i = 0; i < links.length; i += 500) {
      const some = links.slice(i, i + 500);
      await Promise.all(
        some.map((link) => ui.handleUri(Uri.from({ authority: "connect-openrouter", ...link }))),
      );
      // All that was logged and shown is searched for secrets at the end. Few of the texts differ.
      logged.splice(0, logged.length, ...new Set(logged));
      shown = [...new Set(shown)];
    }
    equal(fakeOpenRouter.requests.length, requests, "a code was exchanged");
    deepEqual(await store.list(), keys);
    await ui.handleUri(await authorize(authorizationUrl));
    equal((await connected).key, newestKey());
  });
});

const unexpected = async () => {
  throw new Error("Unexpectedly asked about the limit");
};

/** Not by `fetch`, whose URLs VS Code logs here. */
const openInBrowser = (url: string) =>
  new Promise<void>((resolve, reject) => {
    const { hostname, port, host, pathname, search } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on("error", reject).on("close", () => resolve());
    socket.resume().write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  });
