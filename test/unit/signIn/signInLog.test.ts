// What is logged for a sign-in: how it ends, and never a secret.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import fc from "fast-check";
import { errorText } from "../../../src/common/log";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { SignInCanceled, SignInError } from "../../../src/signIn/errors";
import type { FlowId } from "../../../src/signIn/flows";
import type { SignInHost } from "../../../src/signIn/signInHost";
import { environmentSummary, redactedOrigin, withLog } from "../../../src/signIn/signInLog";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import type { WrongAnswer } from "../../fakeOpenRouter/misbehaviour";
import { openWindow, recordLog } from "../../fakes/editor";
import { FakeSecretStorage } from "../../fakes/secrets";
import { callbackOf, never } from "./signInChecks";

let fakeOpenRouter: FakeOpenRouter;
before(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
});
afterEach(() => fakeOpenRouter.behave());
after(() => fakeOpenRouter.close());

function open(overrides: Partial<SignInHost> = {}, storage = new FakeSecretStorage()) {
  const { log, lines } = recordLog();
  const window = openWindow(storage, fakeOpenRouter.url, { log, ...overrides });
  /** The lines, without the parts that differ between runs. */
  const read = () =>
    lines.map((line) =>
      line
        .replace(/\d+ ms/, "N ms")
        .replace(/Sign-in [\da-f]{6}/, "Sign-in ID")
        .replace(/127\.0\.0\.2:\d+/, "HOST"),
    );
  return { ...window, storage, lines, read };
}

const begins = "info Sign-in ID by uriCallback begins";
const waits = "debug Sign-in ID: browser opened, callback code-oss://*";
const cameBack = "info Sign-in ID: the browser came back (code)";

test("connected", async () => {
  const { signIn, nextUrl, read } = open();
  const result = signIn.run("uriCallback", never());
  await signIn.complete(callbackOf(await fakeOpenRouter.authorize(await nextUrl())));
  await result;
  assert.deepEqual(read(), [
    begins,
    waits,
    cameBack,
    "debug HOST /api/v1/auth/keys: 200, N ms",
    "info Sign-in ID by uriCallback connected after N ms",
  ]);
});

test("completed by another window: each window logs its part, under the same id", async () => {
  const here = open();
  const there = open({}, here.storage);
  const result = here.signIn.run("uriCallback", never());
  await there.signIn.complete(callbackOf(await fakeOpenRouter.authorize(await here.nextUrl())));
  await result;
  assert.deepEqual(here.read(), [begins, waits, "info Sign-in ID by uriCallback connected after N ms"]);
  assert.deepEqual(there.read(), [
    cameBack,
    "info Sign-in ID, begun elsewhere, begins",
    "debug HOST /api/v1/auth/keys: 200, N ms",
    "info Sign-in ID, begun elsewhere, connected after N ms",
  ]);
  const ids = new Set(`${here.lines} ${there.lines}`.match(/Sign-in \w+/g));
  assert.equal(ids.size, 1);
});

test("canceled", async () => {
  for (const reason of [new SignInCanceled(), new Error("Whatever the editor's cancellation is")]) {
    const { signIn, nextUrl, read } = open();
    const controller = new AbortController();
    const result = signIn.run("uriCallback", controller.signal);
    await nextUrl();
    controller.abort(reason);
    await assert.rejects(result);
    assert.equal(read().at(-1), "info Sign-in ID by uriCallback canceled after N ms");
  }
});

test("canceled by closing the input box", async () => {
  const { signIn, read } = open({ askForCode: () => Promise.reject(new SignInCanceled()) });
  await assert.rejects(signIn.run("codeEntry", never()));
  assert.equal(read().at(-1), "info Sign-in ID by codeEntry canceled after N ms");
});

test("denied", async () => {
  const { signIn, nextUrl, read } = open();
  const result = signIn.run("uriCallback", never());
  await signIn.complete(callbackOf(await fakeOpenRouter.deny(await nextUrl())));
  await assert.rejects(result);
  assert.deepEqual(read().slice(2), [
    "info Sign-in ID: the browser came back (denied)",
    "info Sign-in ID by uriCallback denied after N ms",
  ]);
});

for (const [name, answer, request, end] of [
  [
    "an error status",
    { status: 503 },
    "503, N ms",
    "failed after N ms: OpenRouterError: OpenRouter answered 503",
  ],
  [
    "a broken connection",
    "reset",
    "200, N ms",
    "failed after N ms: OpenRouterError: The request failed, because of",
  ],
  [
    "a page in place of a response",
    "html",
    "200, N ms",
    "failed after N ms: OpenRouterError: A page came instead of an answer",
  ],
  [
    "an invalid response",
    "truncated",
    "200, N ms",
    "failed after N ms: OpenRouterError: The answer has not the form that was expected: (whole)",
  ],
] as const) {
  test(`failed with ${name}`, async () => {
    fakeOpenRouter.misbehave({ exchange: { answer } });
    const { signIn, nextUrl, read } = open();
    const result = signIn.run("uriCallback", never());
    await signIn.complete(callbackOf(await fakeOpenRouter.authorize(await nextUrl())));
    await assert.rejects(result);
    const [requestLine, endLine] = read().slice(-2);
    assert.equal(requestLine, `warn HOST /api/v1/auth/keys: ${request}`);
    assert.ok(endLine?.startsWith(`error Sign-in ID by uriCallback ${end}`), endLine);
  });
}

test("failed without a response, with the cause", async () => {
  const { signIn, nextUrl, read } = open({
    settings: () => ({ baseUrl: "http://openrouter.invalid", requestedTerms: {} }),
  });
  const result = signIn.run("uriCallback", never());
  const url = (await nextUrl()).replace("http://openrouter.invalid", fakeOpenRouter.url);
  await signIn.complete(callbackOf(await fakeOpenRouter.authorize(url)));
  await assert.rejects(result);
  const [requestLine, endLine] = read().slice(-2);
  assert.equal(requestLine, "warn openrouter.invalid /api/v1/auth/keys: no answer, N ms");
  assert.match(endLine ?? "", /because of TypeError: fetch failed, because of Error: .+ \(\w+\)$/);
});

test("failed before any request", async () => {
  const { signIn, read } = open({ callbackUrl: () => Promise.reject(new Error("No tunnel")) });
  await assert.rejects(signIn.run("uriCallback", never()));
  assert.equal(read().length, 2);
  assert.match(
    read()[1] ?? "",
    /^error Sign-in ID by uriCallback failed after N ms: SignInError: noCallbackUrl/,
  );
});

test("what determines the flows is logged once, and again when it changes", async () => {
  let callbackUrl = "https://code.example.com:8443/oss/callback?vscode-query=state%3D1";
  const { signIn, read } = open({
    environment: { uiKind: "web", extensionHost: "node", local: false },
    callbackUrl: async () => callbackUrl,
  });
  await signIn.flows();
  await signIn.flows();
  callbackUrl = "https://code.example.com/callback";
  await signIn.flows();
  assert.deepEqual(read(), [
    "info A fake editor, web, node, not local, callback https://*:8443; flows: codeEntry",
    "info A fake editor, web, node, not local, callback https://*; flows: uriCallback, codeEntry",
  ]);
});

test("only the relevant part of a callback URL is logged", () => {
  for (const [url, redacted] of [
    [undefined, "none"],
    ["", "none"],
    ["vscode://connect-openrouter.connect-openrouter/callback?state=s", "vscode://*"],
    ["https://code.example.com/callback", "https://*"],
    ["https://user:password@code.example.com:8443/callback#x", "https://*:8443"],
    ["http://10.0.0.7:8080/callback", "http://*:8080"],
    ["http://127.0.0.1:41234/callback?state=s", "http://127.0.0.1:41234"],
    ["http://localhost:3000/callback", "http://localhost:3000"],
  ] as const) {
    assert.equal(redactedOrigin(url), redacted);
  }
});

test("an error is one line with its causes; one that isn't ours also has its origin", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const failed = new OpenRouterError("network", "The request failed", { cause: refused });
  const line = "OpenRouterError: The request failed, because of Error: connect ECONNREFUSED (ECONNREFUSED)";
  assert.equal(errorText(failed), line);
  assert.equal(errorText(new SignInError("timedOut")), "SignInError: timedOut");
  assert.equal(errorText("text"), "text");
  assert.match(errorText(new TypeError("nothing there")), /^TypeError: nothing there\n +at .+:\d+:\d+\)?\n/);
  const circle = new SignInError("refused");
  circle.cause = circle;
  assert.ok(errorText(circle).length < 200);
});

test("possible secrets in the messages of other errors are left out", () => {
  fc.assert(
    fc.property(fc.base64String({ minLength: 24 }), fc.string(), (secret, words) => {
      const quoted = secret.split(/[/=]/).find((part) => part.length >= 24);
      fc.pre(quoted !== undefined);
      const error = new Error(`${words} Bearer ${secret} is invalid`, { cause: new Error(`"${secret}"`) });
      assert.ok(!errorText(error).includes(quoted ?? ""));
    }),
  );
});

/** Plays the user and the browser in one sign-in. Returns the log and the secrets. */
async function play({
  flow,
  end,
  answer,
  lockedFrom,
}: Scenario): Promise<{ text: string; secrets: Set<string> }> {
  fakeOpenRouter.behave();
  if (answer) fakeOpenRouter.misbehave({ exchange: { answer } });
  const storage = new FakeSecretStorage();
  let uses = 0;
  storage.interfere = (action, name) => {
    if (uses++ >= lockedFrom) throw new Error(`Can't ${action} ${name}`);
  };
  const secrets = new Set<string>();
  const controller = new AbortController();
  const cancel = () => controller.abort(new SignInCanceled());
  const forged = "a-forged-state-that-looks-like-one-of-ours";

  /** The browser's part, from the page to the callback. */
  async function browse(url: string): Promise<unknown> {
    secrets.add(url).add(new URL(url).search.slice(1));
    for (const value of storage.stored.values()) {
      const [, verifier] = /"codeVerifier":"(.+?)"/.exec(value) ?? [];
      if (verifier) secrets.add(verifier);
    }
    if (end === "cancel") return cancel();
    const location = await (end === "deny" ? fakeOpenRouter.deny(url) : fakeOpenRouter.authorize(url));
    if (fakeOpenRouter.lastCode) secrets.add(fakeOpenRouter.lastCode);
    if (location === undefined) return;
    secrets.add(location).add(new URL(location).searchParams.get("state") ?? "no state");
    if (flow === "loopback") return fetch(location).then((response) => response.text());
    const { signIn } = end === "elsewhere" ? there : here;
    if (end === "forged")
      await signIn.complete({ kind: "code", code: forged, state: forged }).catch(() => {});
    return signIn.complete(callbackOf(location));
  }
  const user: Partial<SignInHost> = {
    showProgress: () => ({ signal: controller.signal, settle() {} }),
    offerKeyForCopying: async (key) => Boolean(secrets.add(key)) && false,
    openExternal: async (url) => {
      // A failed callback is reported where it arrived. Nothing arrives here, so the user cancels.
      if (flow !== "codeEntry") browse(url).then(end === "elsewhere" ? () => {} : undefined, cancel);
      return true;
    },
    askForCode: async (page, _, submit) => {
      await browse(page.url);
      const pasted =
        end === "forged" ? `https://editor.test/?code=${forged}&state=${forged}` : fakeOpenRouter.lastCode;
      if (end === "cancel" || end === "deny" || !pasted) throw new SignInCanceled();
      return submit(pasted);
    },
  };
  const here = open(user, storage);
  const there = open(user, storage);
  await here.signIn.flows();
  await here.signIn.run(flow, controller.signal).catch(() => {});
  for (const { body } of fakeOpenRouter.requests.splice(0)) {
    const { code, code_verifier } = JSON.parse(body ?? "{}");
    if (code) secrets.add(code).add(code_verifier);
  }
  for (const { key } of fakeOpenRouter.keys.splice(0)) secrets.add(key);
  here.close();
  there.close();
  return { text: [...here.lines, ...there.lines].join("\n"), secrets: secrets.add(forged) };
}

interface Scenario {
  readonly flow: FlowId;
  readonly end: "authorize" | "deny" | "cancel" | "forged" | "elsewhere";
  readonly answer: WrongAnswer | undefined;
  /** The secret storage fails from this use of it on. */
  readonly lockedFrom: number;
}

test("in any scenario, the log has no key, code, verifier, state or query", async () => {
  const answers = [undefined, { status: 403 }, "reset", "wrongTypes", "huge", "truncated", "html"] as const;
  const unusableKey = { fields: { key: "sk-or-v1-a key with spaces, which no header accepts" } };
  const scenario: fc.Arbitrary<Scenario> = fc.record({
    flow: fc.constantFrom("uriCallback", "loopback", "codeEntry"),
    end: fc.constantFrom("authorize", "deny", "cancel", "forged", "elsewhere"),
    answer: fc.constantFrom(...answers, unusableKey),
    lockedFrom: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat({ max: 14 })),
  });
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(scenario, async (chosen) => {
      const { text, secrets } = await play(chosen);
      for (const [, end = ""] of text.matchAll(/ (connected|canceled|denied|failed) after/g)) ends.add(end);
      for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is in\n${text}`);
      assert.doesNotMatch(text, /state=|code=|codeVerifier|\?/i);
      assert.ok(secrets.size > 1 || chosen.lockedFrom < 8);
    }),
    { numRuns: 200 },
  );
  assert.deepEqual([...ends].sort(), ["canceled", "connected", "denied", "failed"]);
});

test("the end of a sign-in is logged with its duration", async () => {
  const { log, lines } = recordLog();
  const times = [1_000, 1_250];
  const now = () => times.shift() ?? 0;
  await withLog("It", { log, now }, never(), Promise.resolve());
  assert.match(lines.at(-1) ?? "", /It connected after 250 ms$/);
});

test("the log summarizes what determines the flows, even if the callback URL is missing or invalid", () => {
  const environment = { uiKind: "desktop", extensionHost: "node", local: true } as const;
  assert.match(environmentSummary({ ...environment, callbackUrl: undefined }), /, local, callback none$/);
  assert.match(
    environmentSummary({ ...environment, local: false, callbackUrl: "no URL" }),
    /, not local, callback none$/,
  );
});
