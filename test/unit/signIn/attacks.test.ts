// Named attacks on a sign-in (RFC 9700, section 4). Only the editor and OpenRouter are fake.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from "oauth4webapi";
import { authorizationUrl } from "../../../src/openrouter/authorizationRequest";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { SignInCanceled } from "../../../src/signIn/errors";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { openWindow } from "../../fakes/editor";
import { FakeSecretStorage } from "../../fakes/secrets";
import { callbackOf, failure, never } from "./signInChecks";

let fakeOpenRouter: FakeOpenRouter;
/** Another server, which the user may have set as base URL. */
let other: FakeOpenRouter;
before(async () => {
  [fakeOpenRouter, other] = await Promise.all([startFakeOpenRouter(), startFakeOpenRouter()]);
});
after(() => Promise.all([fakeOpenRouter.close(), other.close()]));

async function authorize(url: string, server = fakeOpenRouter) {
  const callback = callbackOf(await server.authorize(url));
  assert.ok(callback.kind === "code");
  return callback;
}

/** A code for the attacker's own account, from the attacker's own sign-in. */
async function attackersCode(server = fakeOpenRouter): Promise<string> {
  const codeChallenge = await calculatePKCECodeChallenge(generateRandomCodeVerifier());
  const callbackUrl = "https://attacker.example/callback?state=attacker";
  const request = { callbackUrl, codeChallenge, codeChallengeMethod: "S256" } as const;
  return (await authorize(authorizationUrl(server.url, request), server)).code;
}

/** How many requests the servers received and how many keys they issued, to compare. */
const traffic = () => [fakeOpenRouter, other].map(({ requests, keys }) => [requests.length, keys.length]);

test("login CSRF: an attacker's code with a guessed state is not exchanged, and the sign-in keeps waiting", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const code = await attackersCode();
  const idle = traffic();
  await assert.rejects(
    window.signIn.complete({ kind: "code", code, state: "guessed" }),
    failure("unknownCallback"),
  );
  assert.deepEqual(traffic(), idle, "something was exchanged without a sign-in");

  const result = window.signIn.run("uriCallback", never());
  const callback = await authorize(await window.nextUrl());
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

test("forged denial: a callback without a code ends nothing unless it has the state", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await authorize(await window.nextUrl());
  const forged = (query: string) => window.signIn.complete(callbackOf(`code-oss://a.b/callback?${query}`));
  for (const query of ["", "windowId=1", "state=", "state", "code=", `state=${callback.state}&state=x`]) {
    await assert.rejects(forged(query), failure("malformedCallback"), query);
  }
  for (const query of ["state=guessed", "state=guessed&error=access_denied", `state=${callback.state}x`]) {
    await assert.rejects(forged(query), failure("unknownCallback"), query);
  }
  await window.signIn.complete(callback);
  assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
});

test("login CSRF: an attacker's code with a replayed state is not exchanged", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const used = await authorize(await window.nextUrl());
  await window.signIn.complete(used);
  const { session } = await result;
  // Also the state of a sign-in that the user canceled.
  const controller = new AbortController();
  const run = window.signIn.run("uriCallback", controller.signal);
  const callback = await authorize(await window.nextUrl());
  controller.abort(new SignInCanceled());
  await assert.rejects(run);

  const code = await attackersCode();
  const before = traffic();
  const reloaded = openWindow(storage, fakeOpenRouter.url);
  for (const { signIn } of [window, reloaded]) {
    await assert.rejects(signIn.complete({ ...used, code }), failure("unknownCallback"));
    await assert.rejects(signIn.complete({ ...callback, code }), failure("canceled"));
  }
  assert.deepEqual(traffic(), before, "something was exchanged");
  assert.deepEqual(await window.store.list(), [session]);
});

test("code injection: an attacker's code with a leaked correct state yields no key for anyone", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const ours = await authorize(await window.nextUrl());
  const keys = fakeOpenRouter.keys.length;
  await window.signIn.complete({ ...ours, code: await attackersCode() });
  // The verifier doesn't match the attacker's challenge (RFC 7636).
  await assert.rejects(result, (error) => error instanceof OpenRouterError && error.details.status === 403);
  assert.equal(fakeOpenRouter.keys.length, keys);
  assert.deepEqual(await window.store.list(), []);
});

test("no secret's name contains a state, since VS Code logs those names", async () => {
  const storage = new FakeSecretStorage();
  const names: string[] = [];
  storage.interfere = (_, name) => void names.push(name);
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await authorize(await window.nextUrl());
  const stored = [...storage.stored].join();
  await window.signIn.complete(callback);
  const { session } = await result;
  assert.ok(names.length > 5 && stored.includes("signIn."));
  for (const text of [stored, ...names]) assert.ok(!text.includes(callback.state), text);
  for (const name of names) assert.ok(!name.includes(session.key) && !name.includes(callback.code), name);
});

test("a stolen code is useless without the verifier, which never reaches the browser", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const url = await window.nextUrl();
  const callback = await authorize(url);
  const exchange = (body: object) =>
    fetch(`${fakeOpenRouter.url}/api/v1/auth/keys`, { method: "POST", body: JSON.stringify(body) });
  const challenge = new URL(url).searchParams.get("code_challenge");
  for (const guess of [{}, { code_verifier: challenge, code_challenge_method: "S256" }]) {
    assert.equal((await exchange({ code: callback.code, ...guess })).ok, false);
  }
  await window.signIn.complete(callback).catch(() => {});
  await result.catch(() => {});
  const sent = fakeOpenRouter.requests.at(-1)?.body ?? "";
  assert.ok(!url.includes(JSON.parse(sent).code_verifier), "the verifier was in the URL");
});

test("mix-up: when the base URL changes during a sign-in, the code still goes only to the original server", async () => {
  let baseUrl = fakeOpenRouter.url;
  const storage = new FakeSecretStorage();
  const settings = () => ({ baseUrl, requestedTerms: {} });
  const here = openWindow(storage, "", { settings });
  const there = openWindow(storage, "", { settings });
  for (const window of [here, there]) {
    baseUrl = fakeOpenRouter.url;
    const result = here.signIn.run("uriCallback", never());
    const callback = await authorize(await here.nextUrl());
    baseUrl = other.url;
    await window.signIn.complete(callback);
    const { session } = await result;
    assert.equal(session.baseUrl, fakeOpenRouter.url);
    assert.equal(session.key, fakeOpenRouter.keys.at(-1)?.key);
  }
  assert.deepEqual([other.requests.length, other.keys.length], [0, 0], "the other server received a request");
});

test("mix-up: a callback that claims to come from another server is still exchanged at the original one", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const location = new URL((await fakeOpenRouter.authorize(await window.nextUrl())) ?? "");
  for (const name of ["iss", "issuer", "base_url", "redirect_uri", "token_endpoint"]) {
    location.searchParams.append(name, other.url);
  }
  await window.signIn.complete(callbackOf(location.href));
  assert.equal((await result).session.baseUrl, fakeOpenRouter.url);

  // Also with a code that the other server issued: that server must get neither the code nor the verifier.
  const again = window.signIn.run("uriCallback", never());
  const { state } = await authorize(await window.nextUrl());
  await window.signIn.complete({ kind: "code", code: await attackersCode(other), state });
  await assert.rejects(again, OpenRouterError);
  assert.equal(other.requests.length, 0, "the other server received a request");
});

test("mix-up: with two sign-ins at two servers at once, each code goes to its own server", async () => {
  let baseUrl = fakeOpenRouter.url;
  const window = openWindow(new FakeSecretStorage(), "", {
    settings: () => ({ baseUrl, requestedTerms: {} }),
  });
  const first = window.signIn.run("uriCallback", never());
  const firstUrl = await window.nextUrl();
  baseUrl = other.url;
  const second = window.signIn.run("uriCallback", never());
  const secondUrl = await window.nextUrl();
  const before = traffic();
  await window.signIn.complete(await authorize(secondUrl, other));
  await window.signIn.complete(await authorize(firstUrl));
  assert.equal((await first).session.key, fakeOpenRouter.keys.at(-1)?.key);
  assert.equal((await second).session.key, other.keys.at(-1)?.key);
  assert.deepEqual(
    traffic(),
    before.map((counts) => counts.map((count) => count + 1)),
  );
});

test("replay: a used callback is rejected in every window, also after a reload or a failure", async () => {
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  for (const answer of [undefined, { status: 500 }]) {
    fakeOpenRouter.behave();
    if (answer) fakeOpenRouter.misbehave({ exchange: { answer, times: 1 } });
    const result = here.signIn.run("uriCallback", never());
    const callback = await authorize(await here.nextUrl());
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

/** Delays every action like real storage, so that simultaneous callbacks stay in step with each other. */
function slowStorage() {
  const storage = new FakeSecretStorage();
  storage.interfere = () => new Promise((resolve) => setTimeout(resolve, 5));
  return storage;
}

test("two callbacks at the same moment, in one window: one exchange, one key", async () => {
  const window = openWindow(slowStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await authorize(await window.nextUrl());
  const [exchanges, keys] = [fakeOpenRouter.requests.length, fakeOpenRouter.keys.length];
  const both = await Promise.allSettled([window.signIn.complete(callback), window.signIn.complete(callback)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
  assert.deepEqual([fakeOpenRouter.requests.length, fakeOpenRouter.keys.length], [exchanges + 1, keys + 1]);
  assert.equal((await window.store.list()).length, 1);
});

test("two callbacks at the same moment, in two windows: one key, and the sign-in connects", async () => {
  // SecretStorage can't check and delete atomically, so both windows may try. OpenRouter accepts a code once.
  const storage = slowStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  const result = here.signIn.run("uriCallback", never());
  const callback = await authorize(await here.nextUrl());
  const [exchanges, keys] = [fakeOpenRouter.requests.length, fakeOpenRouter.keys.length];
  const elsewhere = there.signIn.complete(callback);
  const results = await Promise.allSettled([here.signIn.complete(callback), elsewhere, result]);
  const attempts = fakeOpenRouter.requests.length - exchanges;
  assert.ok(attempts === 2 || attempts === 1, `${attempts} exchanges`); // one, if the other reads a moment later
  assert.equal(fakeOpenRouter.keys.length, keys + 1);
  const stored = await here.store.list();
  assert.deepEqual(
    stored.map(({ key }) => key),
    [fakeOpenRouter.keys.at(-1)?.key],
  );
  assert.ok(
    results.slice(1).some((result) => result.status === "fulfilled"),
    "neither window connected",
  );
});

test("an attacker's callback and ours at the same moment: ours connects", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await authorize(await window.nextUrl());
  const code = await attackersCode();
  const attacks = ["guessed", `${callback.state}x`].map((state) =>
    window.signIn.complete({ kind: "code", code, state }),
  );
  const [, , ours] = await Promise.allSettled([...attacks, window.signIn.complete(callback)]);
  assert.equal(ours?.status, "fulfilled");
  assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
});
