// What the log says of a sign-in: how each one ends, and never a secret.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import fc from "fast-check";
import { errorText } from "../../../src/common/log";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { SignInCancelled, SignInError } from "../../../src/signIn/errors";
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
  /** The lines, with what differs from run to run left out. */
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
  const { signIn, nextAddress, read } = open();
  const result = signIn.run("uriCallback", never());
  await signIn.complete(callbackOf(await fakeOpenRouter.approve(await nextAddress())));
  await result;
  assert.deepEqual(read(), [
    begins,
    waits,
    cameBack,
    "debug HOST /api/v1/auth/keys: 200, N ms",
    "info Sign-in ID by uriCallback connected after N ms",
  ]);
});

test("connected by a window that didn't begin it: each tells its part, under the same name", async () => {
  const here = open();
  const there = open({}, here.storage);
  const result = here.signIn.run("uriCallback", never());
  await there.signIn.complete(callbackOf(await fakeOpenRouter.approve(await here.nextAddress())));
  await result;
  assert.deepEqual(here.read(), [begins, waits, "info Sign-in ID by uriCallback connected after N ms"]);
  assert.deepEqual(there.read(), [
    cameBack,
    "info Sign-in ID, begun elsewhere, begins",
    "debug HOST /api/v1/auth/keys: 200, N ms",
    "info Sign-in ID, begun elsewhere, connected after N ms",
  ]);
  const names = new Set(`${here.lines} ${there.lines}`.match(/Sign-in \w+/g));
  assert.equal(names.size, 1);
});

test("cancelled", async () => {
  for (const reason of [new SignInCancelled(), new Error("Whatever the editor's cancellation is")]) {
    const { signIn, nextAddress, read } = open();
    const controller = new AbortController();
    const result = signIn.run("uriCallback", controller.signal);
    await nextAddress();
    controller.abort(reason);
    await assert.rejects(result);
    assert.equal(read().at(-1), "info Sign-in ID by uriCallback cancelled after N ms");
  }
});

test("cancelled by closing the box", async () => {
  const { signIn, read } = open({ askForCode: () => Promise.reject(new SignInCancelled()) });
  await assert.rejects(signIn.run("codeEntry", never()));
  assert.equal(read().at(-1), "info Sign-in ID by codeEntry cancelled after N ms");
});

test("denied", async () => {
  const { signIn, nextAddress, read } = open();
  const result = signIn.run("uriCallback", never());
  await signIn.complete(callbackOf(await fakeOpenRouter.deny(await nextAddress())));
  await assert.rejects(result);
  assert.deepEqual(read().slice(2), [
    "info Sign-in ID: the browser came back (denied)",
    "info Sign-in ID by uriCallback denied after N ms",
  ]);
});

for (const [name, answer, request, end] of [
  ["a status", { status: 503 }, "503, N ms", "failed after N ms: OpenRouterError: OpenRouter answered 503"],
  ["no answer", "reset", "200, N ms", "failed after N ms: OpenRouterError: The request failed, because of"],
  [
    "an answer that makes no sense",
    "html",
    "200, N ms",
    "failed after N ms: OpenRouterError: The answer has not the form that was expected: (whole)",
  ],
] as const) {
  test(`failed with ${name}`, async () => {
    fakeOpenRouter.misbehave({ exchange: { answer } });
    const { signIn, nextAddress, read } = open();
    const result = signIn.run("uriCallback", never());
    await signIn.complete(callbackOf(await fakeOpenRouter.approve(await nextAddress())));
    await assert.rejects(result);
    const [asked, ended] = read().slice(-2);
    assert.equal(asked, `warn HOST /api/v1/auth/keys: ${request}`);
    assert.ok(ended?.startsWith(`error Sign-in ID by uriCallback ${end}`), ended);
  });
}

test("failed without an answer, and why", async () => {
  const { signIn, nextAddress, read } = open({
    settings: () => ({ baseUrl: "http://openrouter.invalid", requestedTerms: {} }),
  });
  const result = signIn.run("uriCallback", never());
  const address = (await nextAddress()).replace("http://openrouter.invalid", fakeOpenRouter.url);
  await signIn.complete(callbackOf(await fakeOpenRouter.approve(address)));
  await assert.rejects(result);
  const [asked, ended] = read().slice(-2);
  assert.equal(asked, "warn openrouter.invalid /api/v1/auth/keys: no answer, N ms");
  assert.match(ended ?? "", /because of TypeError: fetch failed, because of Error: .+ \(\w+\)$/);
});

test("failed before a request", async () => {
  const { signIn, read } = open({ callbackUrl: () => Promise.reject(new Error("No tunnel")) });
  await assert.rejects(signIn.run("uriCallback", never()));
  assert.equal(read().length, 2);
  assert.match(
    read()[1] ?? "",
    /^error Sign-in ID by uriCallback failed after N ms: SignInError: noCallbackUrl/,
  );
});

test("what chose the ways is logged once, and again when it is something else", async () => {
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
    "info A fake editor, web, node, not local, callback https://*:8443; ways: codeEntry",
    "info A fake editor, web, node, not local, callback https://*; ways: uriCallback, codeEntry",
  ]);
});

test("of a callback URL there is what decides about it, and no more", () => {
  for (const [url, kind] of [
    [undefined, "none"],
    ["", "none"],
    ["vscode://connect-openrouter.connect-openrouter/callback?state=s", "vscode://*"],
    ["https://code.example.com/callback", "https://*"],
    ["https://user:password@code.example.com:8443/callback#x", "https://*:8443"],
    ["http://10.0.0.7:8080/callback", "http://*:8080"],
    ["http://127.0.0.1:41234/callback?state=s", "http://127.0.0.1:41234"],
    ["http://localhost:3000/callback", "http://localhost:3000"],
  ] as const) {
    assert.equal(redactedOrigin(url), kind);
  }
});

test("an error is a line with its causes; one that isn't ours tells where it comes from", () => {
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

test("what others' errors quote is left out where it may be a secret", () => {
  fc.assert(
    fc.property(fc.base64String({ minLength: 24 }), fc.string(), (secret, words) => {
      const quoted = secret.split(/[/=]/).find((part) => part.length >= 24);
      fc.pre(quoted !== undefined);
      const error = new Error(`${words} Bearer ${secret} is invalid`, { cause: new Error(`"${secret}"`) });
      assert.ok(!errorText(error).includes(quoted ?? ""));
    }),
  );
});

/** Plays a person and a browser in one sign-in, and hands over what was logged and what was secret. */
async function play({
  flow,
  end,
  answer,
  lockedFrom,
}: Plot): Promise<{ text: string; secrets: Set<string> }> {
  fakeOpenRouter.behave();
  if (answer) fakeOpenRouter.misbehave({ exchange: { answer } });
  const storage = new FakeSecretStorage();
  let uses = 0;
  storage.interfere = (action, name) => {
    if (uses++ >= lockedFrom) throw new Error(`Can't ${action} ${name}`);
  };
  const secrets = new Set<string>();
  const controller = new AbortController();
  const cancel = () => controller.abort(new SignInCancelled());
  const strange = "a-state-that-somebody-made-up-to-look-like-ours";

  /** The browser's part, from the page to the callback. */
  async function browse(address: string): Promise<unknown> {
    secrets.add(address).add(new URL(address).search.slice(1));
    for (const value of storage.stored.values()) {
      const [, verifier] = /"codeVerifier":"(.+?)"/.exec(value) ?? [];
      if (verifier) secrets.add(verifier);
    }
    if (end === "cancel") return cancel();
    const location = await (end === "deny" ? fakeOpenRouter.deny(address) : fakeOpenRouter.approve(address));
    if (fakeOpenRouter.lastCode) secrets.add(fakeOpenRouter.lastCode);
    if (location === undefined) return;
    secrets.add(location).add(new URL(location).searchParams.get("state") ?? "no state");
    if (flow === "loopback") return fetch(location).then((response) => response.text());
    const { signIn } = end === "elsewhere" ? there : here;
    if (end === "stranger")
      await signIn.complete({ kind: "code", code: strange, state: strange }).catch(() => {});
    return signIn.complete(callbackOf(location));
  }
  const person: Partial<SignInHost> = {
    withProgress: (work) => work(controller.signal),
    offerKeyForCopying: async (key) => Boolean(secrets.add(key)) && false,
    openExternal: async (address) => {
      // What fails there is told there; here nothing comes, and the person gives up.
      if (flow !== "codeEntry") browse(address).then(end === "elsewhere" ? () => {} : undefined, cancel);
      return true;
    },
    askForCode: async (page, _, submit) => {
      await browse(page.address);
      const pasted =
        end === "stranger"
          ? `https://editor.test/?code=${strange}&state=${strange}`
          : fakeOpenRouter.lastCode;
      if (end === "cancel" || end === "deny" || !pasted) throw new SignInCancelled();
      return submit(pasted);
    },
  };
  const here = open(person, storage);
  const there = open(person, storage);
  await here.signIn.flows();
  await here.signIn.run(flow, controller.signal).catch(() => {});
  for (const { body } of fakeOpenRouter.requests.splice(0)) {
    const { code, code_verifier } = JSON.parse(body ?? "{}");
    if (code) secrets.add(code).add(code_verifier);
  }
  for (const { key } of fakeOpenRouter.keys.splice(0)) secrets.add(key);
  here.close();
  there.close();
  return { text: [...here.lines, ...there.lines].join("\n"), secrets: secrets.add(strange) };
}

interface Plot {
  readonly flow: FlowId;
  readonly end: "approve" | "deny" | "cancel" | "stranger" | "elsewhere";
  readonly answer: WrongAnswer | undefined;
  /** From which use of the secret storage on it fails. */
  readonly lockedFrom: number;
}

test("whatever happens in a run, the log holds no key, code, verifier, state or query", async () => {
  const answers = [undefined, { status: 403 }, "reset", "wrongTypes", "huge", "truncated", "html"] as const;
  const keyOfNoUse = { fields: { key: "sk-or-v1-a key with spaces, which no header takes" } };
  const plot: fc.Arbitrary<Plot> = fc.record({
    flow: fc.constantFrom("uriCallback", "loopback", "codeEntry"),
    end: fc.constantFrom("approve", "deny", "cancel", "stranger", "elsewhere"),
    answer: fc.constantFrom(...answers, keyOfNoUse),
    lockedFrom: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat({ max: 14 })),
  });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(plot, async (chosen) => {
      const { text, secrets } = await play(chosen);
      for (const [, end = ""] of text.matchAll(/ (connected|cancelled|denied|failed) after/g)) seen.add(end);
      for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is in\n${text}`);
      assert.doesNotMatch(text, /state=|code=|codeVerifier|\?/i);
      assert.ok(secrets.size > 1 || chosen.lockedFrom < 8);
    }),
    { numRuns: 200 },
  );
  assert.deepEqual([...seen].sort(), ["cancelled", "connected", "denied", "failed"]);
});

test("an end tells how long it took", async () => {
  const { log, lines } = recordLog();
  const times = [1_000, 1_250];
  const now = () => times.shift() ?? 0;
  await withLog("It", { log, now }, never(), async () => {});
  assert.match(lines.at(-1) ?? "", /It connected after 250 ms$/);
});

test("what decides which ways there are is told, also of an address that is none", () => {
  const environment = { uiKind: "desktop", extensionHost: "node", local: true } as const;
  assert.match(environmentSummary({ ...environment, callbackUrl: undefined }), /, local, callback none$/);
  assert.match(
    environmentSummary({ ...environment, local: false, callbackUrl: "no URL" }),
    /, not local, callback none$/,
  );
});
