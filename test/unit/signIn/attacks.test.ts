// Attacks on a sign-in by name (RFC 9700, section 4), with all that is real but the editor.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from "oauth4webapi";
import { authorizationUrl } from "../../../src/openrouter/authorizationRequest";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { SignInCancelled } from "../../../src/signIn/errors";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { openWindow } from "../../fakes/editor";
import { FakeSecretStorage } from "../../fakes/secrets";
import { callbackOf, failure, never } from "./signInChecks";

let fakeOpenRouter: FakeOpenRouter;
/** Another server that the person may have set for a base URL. */
let other: FakeOpenRouter;
before(async () => {
  [fakeOpenRouter, other] = await Promise.all([startFakeOpenRouter(), startFakeOpenRouter()]);
});
after(() => Promise.all([fakeOpenRouter.close(), other.close()]));

async function approve(address: string, server = fakeOpenRouter) {
  const callback = callbackOf(await server.approve(address));
  assert.ok(callback.kind === "code");
  return callback;
}

/** A code for the attacker's own account, which the attacker got in a sign-in of their own. */
async function attackersCode(server = fakeOpenRouter): Promise<string> {
  const codeChallenge = await calculatePKCECodeChallenge(generateRandomCodeVerifier());
  const callbackUrl = "https://attacker.example/callback?state=attacker";
  const request = { callbackUrl, codeChallenge, codeChallengeMethod: "S256" } as const;
  return (await approve(authorizationUrl(server.url, request), server)).code;
}

/** What the servers got and gave, to compare. */
const traffic = () => [fakeOpenRouter, other].map(({ requests, keys }) => [requests.length, keys.length]);

test("login CSRF: an attacker's code with a guessed state is exchanged for nothing, and the sign-in goes on", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const code = await attackersCode();
  const early = traffic();
  await assert.rejects(
    window.signIn.complete({ kind: "code", code, state: "guessed" }),
    failure("unknownCallback"),
  );
  assert.deepEqual(traffic(), early, "something was exchanged, with no sign-in under way");

  const result = window.signIn.run("uriCallback", never());
  const callback = await approve(await window.nextAddress());
  const before = traffic();
  const guesses = [
    "guessed",
    "",
    callback.state.slice(1),
    callback.state.toUpperCase(),
    `${callback.state} `,
  ];
  for (const state of guesses) {
    await assert.rejects(window.signIn.complete({ kind: "code", code, state }), failure("unknownCallback"));
  }
  assert.deepEqual(traffic(), before, "something was exchanged");
  await window.signIn.complete(callback);
  assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
  assert.equal((await window.store.list()).length, 1);
});

test("login CSRF: an attacker's code with a replayed state is exchanged for nothing", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const used = await approve(await window.nextAddress());
  await window.signIn.complete(used);
  const { session } = await result;
  // And one of a sign-in that the person cancelled.
  const controller = new AbortController();
  const cancelled = window.signIn.run("uriCallback", controller.signal);
  const givenUp = await approve(await window.nextAddress());
  controller.abort(new SignInCancelled());
  await assert.rejects(cancelled);

  const code = await attackersCode();
  const before = traffic();
  const reloaded = openWindow(storage, fakeOpenRouter.url);
  for (const { signIn } of [window, reloaded]) {
    await assert.rejects(signIn.complete({ ...used, code }), failure("unknownCallback"));
    await assert.rejects(signIn.complete({ ...givenUp, code }), failure("givenUp"));
  }
  assert.deepEqual(traffic(), before, "something was exchanged");
  assert.deepEqual(await window.store.list(), [session]);
});

test("code injection: an attacker's code with the right state, which leaked, gives no key to either", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const ours = await approve(await window.nextAddress());
  const keys = fakeOpenRouter.keys.length;
  await window.signIn.complete({ ...ours, code: await attackersCode() });
  // The verifier isn't that of the attacker's challenge (RFC 7636).
  await assert.rejects(result, (error) => error instanceof OpenRouterError && error.details.status === 403);
  assert.equal(fakeOpenRouter.keys.length, keys);
  assert.deepEqual(await window.store.list(), []);
});

test("a state is under no name of a secret, as VS Code logs those", async () => {
  const storage = new FakeSecretStorage();
  const names: string[] = [];
  storage.interfere = (_, name) => void names.push(name);
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await approve(await window.nextAddress());
  const stored = [...storage.stored].join();
  await window.signIn.complete(callback);
  const { session } = await result;
  assert.ok(names.length > 5 && stored.includes("signIn."));
  for (const text of [stored, ...names]) assert.ok(!text.includes(callback.state), text);
  for (const name of names) assert.ok(!name.includes(session.key) && !name.includes(callback.code), name);
});

test("a stolen code is of no use without the verifier, which was never in the browser", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const address = await window.nextAddress();
  const callback = await approve(address);
  const exchange = (body: object) =>
    fetch(`${fakeOpenRouter.url}/api/v1/auth/keys`, { method: "POST", body: JSON.stringify(body) });
  const challenge = new URL(address).searchParams.get("code_challenge");
  for (const guess of [{}, { code_verifier: challenge, code_challenge_method: "S256" }]) {
    assert.equal((await exchange({ code: callback.code, ...guess })).ok, false);
  }
  await window.signIn.complete(callback).catch(() => {});
  await result.catch(() => {});
  const sent = fakeOpenRouter.requests.at(-1)?.body ?? "";
  assert.ok(!address.includes(JSON.parse(sent).code_verifier), "the verifier was in the address");
});

test("mix-up: the base URL changed meanwhile, and the code still goes only to where the sign-in began", async () => {
  let baseUrl = fakeOpenRouter.url;
  const storage = new FakeSecretStorage();
  const settings = () => ({ baseUrl, requestedTerms: {} });
  const here = openWindow(storage, "", { settings });
  const there = openWindow(storage, "", { settings });
  for (const window of [here, there]) {
    baseUrl = fakeOpenRouter.url;
    const result = here.signIn.run("uriCallback", never());
    const callback = await approve(await here.nextAddress());
    baseUrl = other.url;
    await window.signIn.complete(callback);
    const { session } = await result;
    assert.equal(session.baseUrl, fakeOpenRouter.url);
    assert.equal(session.key, fakeOpenRouter.keys.at(-1)?.key);
  }
  assert.deepEqual([other.requests.length, other.keys.length], [0, 0], "the other server heard of it");
});

test("mix-up: a callback that claims to be another server's is taken to the one that the sign-in began with", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const location = new URL((await fakeOpenRouter.approve(await window.nextAddress())) ?? "");
  for (const name of ["iss", "issuer", "base_url", "redirect_uri", "token_endpoint"]) {
    location.searchParams.append(name, other.url);
  }
  await window.signIn.complete(callbackOf(location.href));
  assert.equal((await result).session.baseUrl, fakeOpenRouter.url);

  // And one with a code that the other server made: that one must get neither code nor verifier.
  const again = window.signIn.run("uriCallback", never());
  const { state } = await approve(await window.nextAddress());
  await window.signIn.complete({ kind: "code", code: await attackersCode(other), state });
  await assert.rejects(again, OpenRouterError);
  assert.equal(other.requests.length, 0, "the other server heard of it");
});

test("mix-up: of two sign-ins with two servers at once, each code goes to its own", async () => {
  let baseUrl = fakeOpenRouter.url;
  const window = openWindow(new FakeSecretStorage(), "", {
    settings: () => ({ baseUrl, requestedTerms: {} }),
  });
  const first = window.signIn.run("uriCallback", never());
  const firstAddress = await window.nextAddress();
  baseUrl = other.url;
  const second = window.signIn.run("uriCallback", never());
  const secondAddress = await window.nextAddress();
  const before = traffic();
  await window.signIn.complete(await approve(secondAddress, other));
  await window.signIn.complete(await approve(firstAddress));
  assert.equal((await first).session.key, fakeOpenRouter.keys.at(-1)?.key);
  assert.equal((await second).session.key, other.keys.at(-1)?.key);
  assert.deepEqual(
    traffic(),
    before.map((counts) => counts.map((count) => count + 1)),
  );
});

test("replay: a callback that was used is of no use again, in no window, nor after a reload or a failure", async () => {
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  for (const answer of [undefined, { status: 500 }]) {
    fakeOpenRouter.behave();
    if (answer) fakeOpenRouter.misbehave({ exchange: { answer, times: 1 } });
    const result = here.signIn.run("uriCallback", never());
    const callback = await approve(await here.nextAddress());
    await here.signIn.complete(callback);
    await result.catch(() => {});
    const before = traffic();
    const stored = await here.store.list();
    for (const { signIn } of [here, there, openWindow(storage, fakeOpenRouter.url)]) {
      await assert.rejects(signIn.complete(callback), failure("unknownCallback"));
    }
    assert.deepEqual(traffic(), before, "something was exchanged");
    assert.deepEqual(await here.store.list(), stored);
  }
  fakeOpenRouter.behave();
});

/** Takes its time, as the real one does: what comes at the same moment is at each step at the same moment. */
function slowStorage() {
  const storage = new FakeSecretStorage();
  storage.interfere = () => new Promise((resolve) => setTimeout(resolve, 5));
  return storage;
}

test("two callbacks at the same moment, in one window: one exchange, one key", async () => {
  const window = openWindow(slowStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await approve(await window.nextAddress());
  const [exchanges, keys] = [fakeOpenRouter.requests.length, fakeOpenRouter.keys.length];
  const both = await Promise.allSettled([window.signIn.complete(callback), window.signIn.complete(callback)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
  assert.deepEqual([fakeOpenRouter.requests.length, fakeOpenRouter.keys.length], [exchanges + 1, keys + 1]);
  assert.equal((await window.store.list()).length, 1);
});

test("two callbacks at the same moment, in two windows: one key, and the window that waits is connected", async () => {
  // SecretStorage can't test and delete in one step: both can try, and OpenRouter takes a code once.
  const storage = slowStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  const result = here.signIn.run("uriCallback", never());
  const callback = await approve(await here.nextAddress());
  const [exchanges, keys] = [fakeOpenRouter.requests.length, fakeOpenRouter.keys.length];
  const elsewhere = there.signIn.complete(callback);
  const ends = await Promise.allSettled([here.signIn.complete(callback), elsewhere, result]);
  const tries = fakeOpenRouter.requests.length - exchanges;
  assert.ok(tries === 2 || tries === 1, `${tries} exchanges`); // one, if the other looks a moment late
  assert.equal(fakeOpenRouter.keys.length, keys + 1);
  const stored = await here.store.list();
  assert.deepEqual(
    stored.map(({ key }) => key),
    [fakeOpenRouter.keys.at(-1)?.key],
  );
  assert.ok(
    ends.slice(1).some((end) => end.status === "fulfilled"),
    "neither is connected",
  );
});

test("an attacker's callback and ours at the same moment: ours connects", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await approve(await window.nextAddress());
  const code = await attackersCode();
  const attacks = ["guessed", `${callback.state}x`].map((state) =>
    window.signIn.complete({ kind: "code", code, state }),
  );
  const [, , ours] = await Promise.allSettled([...attacks, window.signIn.complete(callback)]);
  assert.equal(ours?.status, "fulfilled");
  assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
});
