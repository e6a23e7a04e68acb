import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { getEventListeners } from "node:events";
import { after, afterEach, before, test } from "node:test";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { SecretStorageError } from "../../../src/sessions/secretCollection";
import { ConnectAttempt } from "../../../src/signIn/connectAttempt";
import { SignInCancelled, SignInError } from "../../../src/signIn/errors";
import type { SignInHost } from "../../../src/signIn/signInHost";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { openWindow } from "../../fakes/editor";
import { FakeBrowser, FakeSecretStorage } from "../../fakes/secrets";
import { callbackOf, failure, never } from "./signInChecks";

let fakeOpenRouter: FakeOpenRouter;
before(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
});
afterEach(() => fakeOpenRouter.behave());
after(() => fakeOpenRouter.close());

const approve = async (address: string) => callbackOf(await fakeOpenRouter.approve(address));
const deny = async (address: string) => callbackOf(await fakeOpenRouter.deny(address));

/** Asserts that nothing of any sign-in can be finished any more. */
function assertNothingPending(storage: FakeSecretStorage) {
  for (const [name, value] of storage.stored) {
    if (name.startsWith("signIn.")) assert.doesNotMatch(value, /codeVerifier/, name);
  }
}

test("from click to stored key", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url, {
    settings: () => ({ baseUrl: fakeOpenRouter.url, requestedTerms: { limit: "12.5" } }),
  });
  const result = window.signIn.run("uriCallback", never());
  const address = await window.nextAddress();
  assert.equal(await window.signIn.complete(await approve(address)), undefined);
  const { session, requestedTerms } = await result;
  const issued = fakeOpenRouter.keys.at(-1);
  assert.deepEqual(requestedTerms, { limit: "12.5" });
  assert.equal(issued?.limit, 12.5);
  assert.equal(session.key, issued?.key);
  assert.deepEqual(session.account, {
    id: "user_2yOPcMpKoQhcd4bVgSMlELRaIah",
    label: `sk-or-v1-${session.key.slice(9, 12)}...${session.key.slice(-4)}`,
  });
  assert.equal(session.baseUrl, fakeOpenRouter.url);
  assert.deepEqual(await window.store.list(), [session]);
  assertNothingPending(storage);
});

test("verifier, challenge and state are fresh for each sign-in, and the state is in the callback URL alone", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const seen = new Set<string | null>();
  for (let i = 0; i < 3; i++) {
    const controller = new AbortController();
    const result = window.signIn.run("uriCallback", controller.signal);
    const { searchParams } = new URL(await window.nextAddress());
    controller.abort(new Error("enough"));
    await assert.rejects(result, /enough/);
    assert.equal(searchParams.get("state"), null);
    assert.equal(searchParams.get("code_challenge_method"), "S256");
    seen.add(searchParams.get("code_challenge"));
    seen.add(new URL(searchParams.get("callback_url") ?? "").searchParams.get("state"));
  }
  assert.equal(seen.size, 6);
  assert.ok([...seen].every((value) => value && value.length >= 43));
});

test("a user that OpenRouter doesn't tell gets an account named by the key's hash", async () => {
  fakeOpenRouter.misbehave({ exchange: { answer: { fields: { user_id: null } } } });
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  await window.signIn.complete(await approve(await window.nextAddress()));
  const { session } = await result;
  assert.equal(session.account.id, createHash("sha256").update(session.key).digest("hex"));
});

test("denial ends the sign-in that it belongs to", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  await window.signIn.complete(await deny(await window.nextAddress()));
  await assert.rejects(result, failure("denied"));
  assert.deepEqual(await window.store.list(), []);
  assertNothingPending(storage);
});

test("another error than a denial is not called a denial", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await deny(await window.nextAddress());
  assert.equal(callback.kind, "denied");
  await window.signIn.complete({ ...callback, error: "server_error" } as typeof callback);
  await assert.rejects(result, failure("refused"));
});

test("a denial without state is that of the only sign-in under way, and of none if there are two", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const denied = { kind: "denied", error: "access_denied", state: undefined } as const;
  await assert.rejects(window.signIn.complete(denied), failure("unknownCallback"));
  const first = window.signIn.run("uriCallback", never());
  await window.nextAddress();
  const controller = new AbortController();
  const second = window.signIn.run("uriCallback", controller.signal);
  await window.nextAddress();
  await assert.rejects(window.signIn.complete(denied), failure("unknownCallback"));
  controller.abort(new Error("enough"));
  await assert.rejects(second, /enough/);
  await window.signIn.complete(denied);
  await assert.rejects(first, failure("denied"));
});

test("a failed exchange stores nothing, leaves nothing behind, and the next try works", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  fakeOpenRouter.misbehave({ exchange: { answer: { status: 500 } } });
  const result = window.signIn.run("uriCallback", never());
  await window.signIn.complete(await approve(await window.nextAddress()));
  await assert.rejects(result, (error) => error instanceof OpenRouterError && error.details.status === 500);
  assert.deepEqual(await window.store.list(), []);
  assertNothingPending(storage);
  fakeOpenRouter.behave();
  const again = window.signIn.run("uriCallback", never());
  await window.signIn.complete(await approve(await window.nextAddress()));
  assert.equal((await again).session.key, fakeOpenRouter.keys.at(-1)?.key);
});

test("cancelling while waiting ends it, and a late callback is told that it was cancelled", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const controller = new AbortController();
  const result = window.signIn.run("uriCallback", controller.signal);
  const address = await window.nextAddress();
  controller.abort(new Error("cancelled by the person"));
  await assert.rejects(result, /cancelled by the person/);
  assertNothingPending(storage);
  const exchanges = fakeOpenRouter.requests.length;
  await assert.rejects(window.signIn.complete(await approve(address)), failure("givenUp"));
  assert.equal(fakeOpenRouter.requests.length, exchanges);
});

test("cancelling during the exchange ends that too", async () => {
  fakeOpenRouter.misbehave({ exchange: { answer: "hang" } });
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const controller = new AbortController();
  const result = window.signIn.run("uriCallback", controller.signal);
  await window.signIn.complete(await approve(await window.nextAddress()));
  controller.abort(new Error("cancelled by the person"));
  await assert.rejects(result, /cancelled by the person/);
});

test("cancelled before it began, it opens no browser", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    openExternal: () => assert.fail("opened"),
  });
  await assert.rejects(
    window.signIn.run("uriCallback", AbortSignal.abort(new Error("cancelled"))),
    /cancelled/,
  );
});

test("after ten minutes it is over, for a late callback too", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_800_000_000_000 });
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const address = await window.nextAddress();
  context.mock.timers.tick(10 * 60_000 - 1);
  assert.equal(await Promise.race([result.catch(() => "over"), Promise.resolve("waiting")]), "waiting");
  context.mock.timers.tick(2);
  await assert.rejects(result, failure("timedOut"));
  assertNothingPending(storage);
  const callback = {
    kind: "code",
    code: "late",
    state: new URL(new URL(address).searchParams.get("callback_url") ?? "").searchParams.get("state") ?? "",
  } as const;
  await assert.rejects(window.signIn.complete(callback), failure("unknownCallback"));
});

test("a browser that can't be opened ends it at once", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url, {
    openExternal: () => Promise.reject(new Error("no browser")),
  });
  const { signal } = new AbortController();
  const error = await window.signIn.run("uriCallback", signal).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof SignInError && error.failure === "browserNotOpened");
  assert.equal((error.cause as Error).message, "no browser");
  assert.equal(getEventListeners(signal, "abort").length, 0);
  assertNothingPending(storage);
});

test("when the browser stays closed, the address is handed over, and leads to the key all the same", async () => {
  let offered = (_: string) => {};
  const address = new Promise<string>((resolve) => {
    offered = resolve;
  });
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    openExternal: async () => false,
    offerAddress: (page) => offered(page),
  });
  const result = window.signIn.run("uriCallback", never());
  await window.signIn.complete(await approve(await address));
  assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
});

test("a callback URL that OpenRouter would refuse is refused before the browser opens", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    callbackUrl: async (query) => `http://code.example.com/callback?${query}`,
    openExternal: () => assert.fail("opened"),
  });
  const error = await window.signIn.run("uriCallback", never()).catch((thrown: unknown) => thrown);
  assert.ok(failure("noCallbackUrl")(error));
  assert.match(String((error as Error).cause), /callbackUrl/);
});

test("an editor that has no callback URL at all opens no browser either", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    callbackUrl: () => Promise.reject(new Error("No tunnel")),
    openExternal: () => assert.fail("opened"),
  });
  await assert.rejects(window.signIn.run("uriCallback", never()), failure("noCallbackUrl"));
});

test("a callback that can't be looked up ends the sign-in that waits for it, and is told once", async () => {
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  const result = here.signIn.run("uriCallback", never());
  const callback = await approve(await here.nextAddress());
  storage.interfere = (action, name) => {
    if (action === "get" && name.startsWith("signIn.")) throw new Error("The keyring is locked");
  };
  await assert.rejects(there.signIn.complete(callback), SecretStorageError);
  assert.equal(await here.signIn.complete(callback), undefined);
  await assert.rejects(result, SecretStorageError);
});

test("strangers' callbacks are exchanged for nothing and end nothing", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const address = await window.nextAddress();
  const before = fakeOpenRouter.requests.length;
  await assert.rejects(
    window.signIn.complete({ kind: "code", code: "attacker", state: "guessed" }),
    failure("unknownCallback"),
  );
  await assert.rejects(
    window.signIn.complete({ kind: "denied", error: "access_denied", state: "guessed" }),
    failure("unknownCallback"),
  );
  await assert.rejects(window.signIn.complete({ kind: "malformed" }), failure("malformedCallback"));
  assert.equal(fakeOpenRouter.requests.length, before);
  await window.signIn.complete(await approve(address));
  await result;
});

test("a callback works once, also when it comes twice at the same moment", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await approve(await window.nextAddress());
  const both = await Promise.allSettled([window.signIn.complete(callback), window.signIn.complete(callback)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  await result;
  await assert.rejects(window.signIn.complete(callback), failure("unknownCallback"));
  assert.equal((await window.store.list()).length, 1);
});

test("two sign-ins at once don't disturb each other", async () => {
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  const first = here.signIn.run("uriCallback", never());
  const firstAddress = await here.nextAddress();
  const second = there.signIn.run("uriCallback", never());
  const third = here.signIn.run("uriCallback", never());
  await here.signIn.complete(await approve(await here.nextAddress()));
  await there.signIn.complete(await approve(await there.nextAddress()));
  await here.signIn.complete(await approve(firstAddress));
  const keys = (await Promise.all([first, second, third])).map(({ session }) => session.key).sort();
  assert.deepEqual((await here.store.list()).map(({ key }) => key).sort(), keys);
  assertNothingPending(storage);
});

test("another window finishes it, and the one that waits gets the session", async () => {
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url, {
    settings: () => ({ baseUrl: fakeOpenRouter.url, requestedTerms: { limit: "5" } }),
  });
  const there = openWindow(storage, fakeOpenRouter.url);
  const result = here.signIn.run("uriCallback", never());
  const finished = await there.signIn.complete(await approve(await here.nextAddress()));
  assert.deepEqual(finished?.requestedTerms, { limit: "5" });
  assert.deepEqual(await result, finished);
});

test("a window that was closed meanwhile is not missed", async () => {
  const storage = new FakeSecretStorage();
  const closed = openWindow(storage, fakeOpenRouter.url);
  const controller = new AbortController();
  const lost = closed.signIn.run("uriCallback", controller.signal);
  const address = await closed.nextAddress();
  closed.close();
  const reopened = openWindow(storage, fakeOpenRouter.url);
  const connection = await reopened.signIn.complete(await approve(address));
  assert.deepEqual(await reopened.store.list(), [connection?.session]);
  controller.abort(new Error("closed"));
  await assert.rejects(lost, /closed/);
});

test("a window is told when another took its callback and no key came of it", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  const result = here.signIn.run("uriCallback", never());
  const completing = there.signIn.complete(await deny(await here.nextAddress()));
  await assert.rejects(completing, failure("denied"));
  await new Promise((resolve) => setImmediate(resolve));
  context.mock.timers.tick(60_000);
  await assert.rejects(result, failure("finishedElsewhere"));
});

test("a window that can't tell whether another took its callback goes on waiting", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  let finish = () => {};
  const there = openWindow(storage, fakeOpenRouter.url, {
    withProgress: async (work) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return work(never());
    },
  });
  const result = here.signIn.run("uriCallback", never());
  const callback = await approve(await here.nextAddress());
  storage.interfere = (action, name, window) => {
    if (window === 0 && action === "get" && name.startsWith("signIn.")) throw new Error("Busy");
  };
  const completing = there.signIn.complete(callback);
  await new Promise((resolve) => setImmediate(resolve));
  context.mock.timers.tick(60_000);
  await new Promise((resolve) => setImmediate(resolve));
  finish();
  assert.deepEqual(await result, await completing);
});

test("errors say in the log what they are", () => {
  assert.equal(String(new SignInError("denied")), "SignInError: denied");
  assert.equal(new SignInCancelled().name, "SignInCancelled");
});

test("a secret storage that fails ends it before the browser opens", async () => {
  const storage = new FakeSecretStorage();
  storage.interfere = () => {
    throw new Error("The keyring is locked");
  };
  const window = openWindow(storage, fakeOpenRouter.url, { openExternal: () => assert.fail("opened") });
  await assert.rejects(
    window.signIn.run("uriCallback", never()),
    (error) => error instanceof SecretStorageError,
  );
});

test("by the loopback flow, over the network, from click to stored key", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("loopback", never());
  const location = await fakeOpenRouter.approve(await window.nextAddress());
  assert.match(location ?? "", /^http:\/\/127\.0\.0\.1:\d+\/callback\?state=.+&code=.+$/);
  const page = await fetch(location ?? "");
  assert.equal(page.status, 200);
  assert.match(await page.text(), /You can close this tab/);
  const { session } = await result;
  assert.equal(session.key, fakeOpenRouter.keys.at(-1)?.key);
  await assert.rejects(fetch(location ?? ""), "the server is gone");
  assertNothingPending(storage);
});

test("a loopback sign-in that is cancelled, or fails, leaves no server behind", async () => {
  for (const end of ["cancel", "deny"]) {
    const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
    const controller = new AbortController();
    const result = window.signIn.run("loopback", controller.signal);
    const address = await window.nextAddress();
    const denial = await fakeOpenRouter.deny(address);
    if (end === "deny") await fetch(denial ?? "");
    else controller.abort(new Error("cancelled"));
    await assert.rejects(result, end === "deny" ? failure("denied") : /cancelled/);
    await assert.rejects(fetch(denial ?? ""), "the server is gone");
  }
});

/** A box in which a person enters one text after the other, and what it says to each. */
function codeBox(enter: (address: string, said: unknown[]) => Promise<string | undefined>) {
  const said: unknown[] = [];
  const askForCode: SignInHost["askForCode"] = async ({ address }, signal, submit) => {
    for (;;) {
      const text = await enter(address, said);
      signal.throwIfAborted();
      if (text === undefined) throw new SignInCancelled();
      try {
        return await submit(text);
      } catch (error) {
        if (error instanceof SignInCancelled) throw error;
        assert.ok(said.push(error) < 9, "the box never takes what is entered");
      }
    }
  };
  return { askForCode, said };
}

test("by a code: a wrong and an expired one are said in the box, and the person tries again", async () => {
  const texts = ["no such code", "no-such-code", "expired", "good"];
  const { askForCode, said } = codeBox(async (address) => {
    const text = texts.shift();
    if (text === "expired") {
      fakeOpenRouter.misbehave({ signIn: { codes: "expired" } });
      await fakeOpenRouter.approve(address);
      fakeOpenRouter.behave();
    } else if (text === "good") await fakeOpenRouter.approve(address);
    else return text;
    return ` ${fakeOpenRouter.lastCode}\n`;
  });
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url, {
    askForCode,
    openExternal: async () => true,
    settings: () => ({ baseUrl: fakeOpenRouter.url, requestedTerms: { limit: "3", keyLabel: "VS Code" } }),
  });
  const { session } = await window.signIn.run("codeEntry", never());
  assert.deepEqual(
    said.map((error) =>
      error instanceof OpenRouterError
        ? [error.details.status, error.details.expiredCode]
        : (error as SignInError).failure,
    ),
    ["notACode", [403, undefined], [403, true]],
  );
  const issued = fakeOpenRouter.keys.at(-1);
  assert.deepEqual([session.key, issued?.limit, issued?.label], [issued?.key, 3, "VS Code"]);
  assert.deepEqual(await window.store.list(), [session]);
});

test("by a code: the page is asked for without a callback URL, and with an S256 challenge", async () => {
  let page = "";
  const { askForCode } = codeBox(async (address) => {
    page = address;
    return undefined;
  });
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    askForCode,
    openExternal: async () => false,
  });
  await assert.rejects(window.signIn.run("codeEntry", never()), SignInCancelled);
  const query = new URL(page).searchParams;
  assert.deepEqual([...query.keys()], ["code_challenge", "code_challenge_method"]);
  assert.equal(query.get("code_challenge_method"), "S256");
});

test("by a code: the person is told why where nothing else works, and only there", async () => {
  const reasonFor = async (overrides: Partial<SignInHost>) => {
    let given: unknown = "not asked";
    const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
      askForCode: async ({ reason }) => {
        given = reason;
        throw new SignInCancelled();
      },
      openExternal: async () => true,
      ...overrides,
    });
    await assert.rejects(window.signIn.run("codeEntry", never()), SignInCancelled);
    return given;
  };
  const environment = { uiKind: "web", extensionHost: "node", local: false } as const;
  const lead = (address: string) => ({ callbackUrl: async () => address });
  assert.equal(await reasonFor({ environment, ...lead("http://code.test/callback") }), "noLinkBack");
  assert.equal(await reasonFor({ environment, ...lead("https://code.test:8443/callback") }), "noLinkBack");
  assert.equal(await reasonFor({ environment, ...lead("https://code.test/callback") }), undefined);
  // There is a local server still.
  assert.equal(await reasonFor(lead("http://code.test/callback")), undefined);
});

test("by a code: a pasted callback URL finishes the sign-in that it belongs to, also of a reloaded window", async () => {
  const storage = new FakeSecretStorage();
  const before = openWindow(storage, fakeOpenRouter.url);
  const controller = new AbortController();
  const lost = before.signIn.run("uriCallback", controller.signal);
  const location = await fakeOpenRouter.approve(await before.nextAddress());
  before.close();
  const { askForCode, said } = codeBox(async () => location);
  const after = openWindow(storage, fakeOpenRouter.url, { askForCode, openExternal: async () => true });
  const { session } = await after.signIn.run("codeEntry", never());
  assert.deepEqual(said, []);
  assert.equal(session.key, fakeOpenRouter.keys.at(-1)?.key);
  controller.abort(new Error("closed"));
  await assert.rejects(lost, /closed/);
});

test("by a code: a pasted callback URL with a foreign state is refused in the box", async () => {
  const texts = ["https://code.example.com/callback?code=attacker&state=guessed", undefined];
  const { askForCode, said } = codeBox(async () => texts.shift());
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    askForCode,
    openExternal: async () => true,
  });
  const before = fakeOpenRouter.requests.length;
  await assert.rejects(window.signIn.run("codeEntry", never()), SignInCancelled);
  assert.deepEqual(
    said.map((error) => (error as SignInError).failure),
    ["unknownCallback"],
  );
  assert.equal(fakeOpenRouter.requests.length, before);
});

test("by a code: the callback URL of another sign-in that waits in this window finishes that one, and closes the box", async () => {
  const { askForCode, said } = codeBox(async () => location);
  let location: string | undefined;
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, { askForCode });
  const waiting = window.signIn.run("uriCallback", never());
  location = await fakeOpenRouter.approve(await window.nextAddress());
  await assert.rejects(window.signIn.run("codeEntry", never()), SignInCancelled);
  assert.equal((await waiting).session.key, fakeOpenRouter.keys.at(-1)?.key);
  assert.deepEqual(said, []);
});

test("by a code: the callback URL of a sign-in that waits in this window ends both", async () => {
  const { askForCode } = codeBox(async () => location);
  let location: string | undefined;
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, { askForCode });
  const attempt = new ConnectAttempt((flow, signal) => window.signIn.run(flow, signal), never());
  void attempt.start("uriCallback");
  location = await fakeOpenRouter.approve(await window.nextAddress());
  const code = attempt.start("codeEntry");
  assert.equal((await attempt.result).session.key, fakeOpenRouter.keys.at(-1)?.key);
  await code;
});

test("the flows are those of the environment, also where asking for a callback URL fails", async () => {
  const flows = (callbackUrl: SignInHost["callbackUrl"]) =>
    openWindow(new FakeSecretStorage(), fakeOpenRouter.url, { callbackUrl }).signIn.flows();
  assert.deepEqual(await flows(async () => "code-oss://p.n/callback?"), [
    "uriCallback",
    "loopback",
    "codeEntry",
  ]);
  assert.deepEqual(await flows(async () => "http://code.example.com/callback"), ["loopback", "codeEntry"]);
  assert.deepEqual(await flows(() => Promise.reject(new Error("No tunnel"))), ["loopback", "codeEntry"]);
});

test("in a browser, a window that doesn't see another's key ends its own sign-in without overwriting that", async () => {
  for (const end of ["cancel", "callback"] as const) {
    const browser = new FakeBrowser();
    const here = openWindow(browser, fakeOpenRouter.url);
    const there = openWindow(browser, fakeOpenRouter.url);
    const controller = new AbortController();
    const waiting = here.signIn.run("uriCallback", controller.signal);
    const address = await here.nextAddress();
    const connecting = there.signIn.run("uriCallback", never());
    await there.signIn.complete(await approve(await there.nextAddress()));
    const { session } = await connecting;
    const issued = fakeOpenRouter.keys.length;
    if (end === "cancel") {
      controller.abort(new SignInCancelled());
      await assert.rejects(waiting, SignInCancelled);
    } else {
      assert.equal(await here.signIn.complete(await approve(address)), undefined);
      await assert.rejects(
        waiting,
        (error) => error instanceof SecretStorageError && error.action === "stale",
      );
    }
    assert.equal(fakeOpenRouter.keys.length, issued, "a code was exchanged for a key that can't be kept");
    assert.deepEqual(await openWindow(browser, fakeOpenRouter.url).store.list(), [session], end);
  }
});
