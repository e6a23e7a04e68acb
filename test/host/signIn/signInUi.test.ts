import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { Uri, window } from "vscode";
import { parseCallback } from "../../../src/openrouter/callback";
import { SignInUi } from "../../../src/vscode/signIn/signInUi";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { openWindow, recordLog } from "../../fakes/editor";
import { FakeSecretStorage } from "../../fakes/secrets";

const callbackUrl = "vscode://connect-openrouter.connect-openrouter/callback";

describe("Callback handling", () => {
  let fakeOpenRouter: FakeOpenRouter;
  let storage: FakeSecretStorage;
  let logged: string[];
  let shown: string[];
  const windows: ReturnType<typeof openWindow>[] = [];
  // Thousands of messages would pile up in the window, and a message that stays open ends nothing. So
  // these three are replaced here, rather than passed around in the extension for the tests' sake.
  const { showErrorMessage, showInformationMessage, showWarningMessage } = window;

  before(async () => {
    fakeOpenRouter = await startFakeOpenRouter();
    const show = async (message: string) => {
      shown.push(message);
      return undefined;
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
  });
  afterEach(() => {
    for (const opened of windows.splice(0)) opened.close();
    // What was secret in this test: all that the fake OpenRouter got or gave, and all that was stored.
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

  /** One window, with all that is around its URI handler. */
  function open() {
    const { log } = recordLog(logged);
    const opened = openWindow(storage, fakeOpenRouter.url, {
      callbackUrl: async (query) => `${callbackUrl}?${query}`,
      log,
    });
    windows.push(opened);
    const report = { show: async () => void shown.push("Connected to OpenRouter") };
    return { ...opened, ui: new SignInUi(opened.signIn, report, log) };
  }

  /** The callback as the desktop hands it over: percent-decoded. */
  const approve = async (address: string) => Uri.parse((await fakeOpenRouter.approve(address)) ?? "", true);
  const newestKey = () => fakeOpenRouter.keys.at(-1)?.key;

  it("finishes a sign-in in the window that began it", async () => {
    const { ui, nextAddress } = open();
    const connected = ui.connect("uriCallback");
    await ui.handleUri(await approve(await nextAddress()));
    equal((await connected).key, newestKey());
    equal(shown.length, 1);
    match(shown[0] ?? "", /^Connected to OpenRouter/);
    const lines = ["begins", "browser opened", "came back", ": 200, ", "connected"];
    equal(logged.length, lines.length);
    for (const [n, line] of lines.entries()) ok(logged[n]?.includes(line), logged[n]);
  });

  it("finishes it in another window, which tells so, and both know the key", async () => {
    const here = open();
    const there = open();
    const connected = here.ui.connect("uriCallback");
    await there.ui.handleUri(await approve(await here.nextAddress()));
    equal((await connected).key, newestKey());
    deepEqual(await there.store.list(), await here.store.list());
    match(shown[0] ?? "", /^Connected to OpenRouter/);
  });

  it("finishes it in a window that was reloaded meanwhile", async () => {
    const before = open();
    before.ui.connect("uriCallback").catch(() => {});
    const callback = await approve(await before.nextAddress());
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

  it("a stranger's code, denial or nonsense ends nothing, and is told", async () => {
    const { ui, nextAddress } = open();
    const connected = ui.connect("uriCallback");
    const address = await nextAddress();
    const requests = fakeOpenRouter.requests.length;
    for (const query of ["code=attacker&state=guessed", "error=access_denied&state=guessed", "", "code=c"]) {
      shown = [];
      await ui.handleUri(Uri.parse(`${callbackUrl}?${query}`, true));
      equal(shown.length, 1, query);
    }
    equal(fakeOpenRouter.requests.length, requests);
    await ui.handleUri(await approve(address));
    await connected;
  });

  it("a callback works once", async () => {
    const { ui, nextAddress } = open();
    const connected = ui.connect("uriCallback");
    const callback = await approve(await nextAddress());
    await Promise.all([ui.handleUri(callback), ui.handleUri(callback)]);
    await connected;
    const requests = fakeOpenRouter.requests.length;
    await ui.handleUri(callback);
    equal(fakeOpenRouter.requests.length, requests);
    equal(shown.filter((message) => /^Connected/.test(message)).length, 1);
  });

  it("a key of a denied sign-in is none", async () => {
    const { ui, nextAddress, store } = open();
    const connected = ui.connect("uriCallback");
    const told = rejects(connected);
    await ui.handleUri(Uri.parse((await fakeOpenRouter.deny(await nextAddress())) ?? "", true));
    await told;
    deepEqual(await store.list(), []);
    equal(shown.length, 1);
  });

  it("survives 10,000 hostile links during a sign-in, and completes it", async function () {
    this.timeout(60_000);
    const { ui, nextAddress, store } = open();
    const connected = ui.connect("uriCallback");
    const address = await nextAddress();
    const ours =
      new URL(new URL(address).searchParams.get("callback_url") ?? "").searchParams.get("state") ?? "";
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
        // A denial without state is believed while there is one sign-in alone: OpenRouter may send that.
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
      // What is logged and shown is searched for secrets at the end. There are few different texts.
      logged.splice(0, logged.length, ...new Set(logged));
      shown = [...new Set(shown)];
    }
    equal(fakeOpenRouter.requests.length, requests, "something was exchanged");
    deepEqual(await store.list(), keys);
    await ui.handleUri(await approve(address));
    equal((await connected).key, newestKey());
  });
});
