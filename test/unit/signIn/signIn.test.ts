import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { after, afterEach, before, test } from "node:test";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { SecretStorageError } from "../../../src/sessions/secretCollection";
import { ConnectAttempt } from "../../../src/signIn/connectAttempt";
import { SignInCanceled, SignInError } from "../../../src/signIn/errors";
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

const authorize = async (url: string) => callbackOf(await fakeOpenRouter.authorize(url));
const deny = async (url: string) => callbackOf(await fakeOpenRouter.deny(url));

/** Asserts that no stored sign-in can still be completed. */
function assertNothingPending(storage: FakeSecretStorage) {
  for (const [name, value] of storage.stored) {
    if (name.startsWith("signIn.")) assert.doesNotMatch(value, /codeVerifier/, name);
  }
}

test("a sign-in, from start to stored key", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url, {
    settings: () => ({
      baseUrl: fakeOpenRouter.url,
      requestedTerms: { limit: "12.5", keyLabel: "My laptop" },
    }),
  });
  const result = window.signIn.run("uriCallback", never());
  const url = await window.nextUrl();
  assert.equal(await window.signIn.complete(await authorize(url)), undefined);
  const { session, requestedTerms } = await result;
  const issued = fakeOpenRouter.keys.at(-1);
  assert.deepEqual(requestedTerms, { limit: "12.5", keyLabel: "My laptop" });
  assert.equal(issued?.limit, 12.5);
  assert.equal(session.key, issued?.key);
  assert.equal(session.userId, "user_2yOPcMpKoQhcd4bVgSMlELRaIah");
  assert.equal(session.label, "My laptop");
  assert.equal(session.baseUrl, fakeOpenRouter.url);
  assert.deepEqual(await window.store.list(), [session]);
  assertNothingPending(storage);
});

test("verifier, challenge and state are new for each sign-in, and only the callback URL has the state", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const values = new Set<string | null>();
  for (let i = 0; i < 3; i++) {
    const controller = new AbortController();
    const result = window.signIn.run("uriCallback", controller.signal);
    const { searchParams } = new URL(await window.nextUrl());
    controller.abort(new Error("done"));
    await assert.rejects(result, /done/);
    assert.equal(searchParams.get("state"), null);
    assert.equal(searchParams.get("code_challenge_method"), "S256");
    values.add(searchParams.get("code_challenge"));
    values.add(new URL(searchParams.get("callback_url") ?? "").searchParams.get("state"));
  }
  assert.equal(values.size, 6);
  assert.ok([...values].every((value) => value && value.length >= 43));
});

test("without a user from OpenRouter, the window asks whose key it is, and then whether to replace the other", async () => {
  const asked: string[] = [];
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    findUser: async ({ key }) =>
      key === fakeOpenRouter.keys.at(-1)?.key ? "user_2yOPcMpKoQhcd4bVgSMlELRaIah" : "",
    askReplace: async ({ id }) => {
      asked.push(id);
      return "replace";
    },
  });
  const connect = async () => {
    const result = window.signIn.run("uriCallback", never());
    await window.signIn.complete(await authorize(await window.nextUrl()));
    return (await result).session;
  };
  const first = await connect();
  fakeOpenRouter.misbehave({ exchange: { answer: { fields: { user_id: null } } } });
  const second = await connect();
  assert.deepEqual(asked, [first.id]);
  assert.deepEqual([second.id, second.label, second.userId], [first.id, first.label, first.userId]);
  assert.deepEqual(await window.store.list(), [second]);
});

test("the session to connect again is replaced, also by the window that gets the callback", async () => {
  const storage = new FakeSecretStorage();
  const asked: string[] = [];
  const askReplace: SignInHost["askReplace"] = async ({ label }) => {
    asked.push(label);
    return asked.length > 1 ? "replace" : "keepBoth";
  };
  const here = openWindow(storage, fakeOpenRouter.url, { askReplace });
  const there = openWindow(storage, fakeOpenRouter.url, { askReplace });
  const connect = async (replaces?: string) => {
    const result = here.signIn.run("uriCallback", never(), replaces);
    await there.signIn.complete(await authorize(await here.nextUrl()));
    return (await result).session;
  };
  const first = await connect();
  const second = await connect();
  assert.deepEqual([first.label, second.label], ["OpenRouter", "OpenRouter (2)"]);
  assert.equal((await connect(first.id)).id, first.id);
  assert.deepEqual(asked, ["OpenRouter", "OpenRouter"]);
});

test("a denial ends its sign-in, as OpenRouter was seen to tell it and as in the guide", async () => {
  for (const asInGuide of [false, true]) {
    fakeOpenRouter.misbehave({ asInGuide });
    const storage = new FakeSecretStorage();
    const window = openWindow(storage, fakeOpenRouter.url);
    const result = window.signIn.run("uriCallback", never());
    await window.signIn.complete(await deny(await window.nextUrl()));
    await assert.rejects(result, failure("denied"));
    assert.deepEqual(await window.store.list(), []);
    assertNothingPending(storage);
  }
  fakeOpenRouter.behave();
});

test("an error other than a denial is not reported as a denial", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await deny(await window.nextUrl());
  assert.equal(callback.kind, "denied");
  await window.signIn.complete({ ...callback, error: "server_error" } as typeof callback);
  await assert.rejects(result, failure("refused"));
});

test("a denial without a state belongs to the only pending sign-in, and to none if there are two", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const denied = { kind: "denied", error: "access_denied", state: undefined } as const;
  await assert.rejects(window.signIn.complete(denied), failure("unknownCallback"));
  const first = window.signIn.run("uriCallback", never());
  await window.nextUrl();
  const controller = new AbortController();
  const second = window.signIn.run("uriCallback", controller.signal);
  await window.nextUrl();
  await assert.rejects(window.signIn.complete(denied), failure("unknownCallback"));
  controller.abort(new Error("done"));
  await assert.rejects(second, /done/);
  await window.signIn.complete(denied);
  await assert.rejects(first, failure("denied"));
});

test("a failed exchange stores nothing and leaves nothing behind, and the next attempt works", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  fakeOpenRouter.misbehave({ exchange: { answer: { status: 500 } } });
  const result = window.signIn.run("uriCallback", never());
  await window.signIn.complete(await authorize(await window.nextUrl()));
  await assert.rejects(result, (error) => error instanceof OpenRouterError && error.details.status === 500);
  assert.deepEqual(await window.store.list(), []);
  assertNothingPending(storage);
  fakeOpenRouter.behave();
  const again = window.signIn.run("uriCallback", never());
  await window.signIn.complete(await authorize(await window.nextUrl()));
  assert.equal((await again).session.key, fakeOpenRouter.keys.at(-1)?.key);
});

test("canceling while waiting ends the sign-in, and a late callback fails as canceled", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const controller = new AbortController();
  const result = window.signIn.run("uriCallback", controller.signal);
  const url = await window.nextUrl();
  controller.abort(new Error("canceled by the user"));
  await assert.rejects(result, /canceled by the user/);
  assertNothingPending(storage);
  const exchanges = fakeOpenRouter.requests.length;
  await assert.rejects(window.signIn.complete(await authorize(url)), failure("canceled"));
  assert.equal(fakeOpenRouter.requests.length, exchanges);
});

test("canceling during the exchange ends the sign-in too", async () => {
  fakeOpenRouter.misbehave({ exchange: { answer: "hang" } });
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const controller = new AbortController();
  const result = window.signIn.run("uriCallback", controller.signal);
  await window.signIn.complete(await authorize(await window.nextUrl()));
  controller.abort(new Error("canceled by the user"));
  await assert.rejects(result, /canceled by the user/);
});

test("a sign-in that was canceled before opens no browser", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    openExternal: () => assert.fail("opened"),
  });
  await assert.rejects(
    window.signIn.run("uriCallback", AbortSignal.abort(new Error("canceled"))),
    /canceled/,
  );
});

test("after ten minutes the sign-in is over, and a late callback is rejected", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_800_000_000_000 });
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const url = await window.nextUrl();
  context.mock.timers.tick(10 * 60_000 - 1);
  assert.equal(await Promise.race([result.catch(() => "over"), Promise.resolve("waiting")]), "waiting");
  context.mock.timers.tick(2);
  await assert.rejects(result, failure("timedOut"));
  assertNothingPending(storage);
  const callback = {
    kind: "code",
    code: "late",
    state: new URL(new URL(url).searchParams.get("callback_url") ?? "").searchParams.get("state") ?? "",
  } as const;
  await assert.rejects(window.signIn.complete(callback), failure("unknownCallback"));
});

test("while VS Code's question about the browser stays open, a callback and a cancel still end the sign-in", async () => {
  for (const end of ["callback", "cancel"] as const) {
    const controller = new AbortController();
    let opened = (_: string) => {};
    const url = new Promise<string>((resolve) => {
      opened = resolve;
    });
    const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
      openExternal: (page) => {
        opened(page);
        return new Promise(() => {});
      },
    });
    const result = window.signIn.run("uriCallback", controller.signal);
    const page = await url;
    if (end === "callback") await window.signIn.complete(await authorize(page));
    else controller.abort(new SignInCanceled());
    if (end === "callback") assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
    else await assert.rejects(result, SignInCanceled);
  }
});

test("when the browser isn't opened, the URL is offered for copying, and the sign-in can still succeed", async () => {
  for (const openExternal of [async () => false, () => Promise.reject(new Error("no browser"))]) {
    let offered = (_: string) => {};
    const url = new Promise<string>((resolve) => {
      offered = resolve;
    });
    const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
      openExternal,
      offerUrl: (page) => offered(page),
    });
    const result = window.signIn.run("uriCallback", never());
    await window.signIn.complete(await authorize(await url));
    assert.equal((await result).session.key, fakeOpenRouter.keys.at(-1)?.key);
  }
});

test("code entry: where there is no browser, the box says so, and has the URL", async () => {
  let page: Parameters<SignInHost["askForCode"]>[0] | undefined;
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    openExternal: () => Promise.reject(new Error("no browser")),
    askForCode: async (shown) => {
      page = shown;
      throw new SignInCanceled();
    },
  });
  await assert.rejects(window.signIn.run("codeEntry", never()), SignInCanceled);
  assert.equal(page?.opened, false);
  assert.match(page.url, /code_challenge=/);
});

test("a callback URL that OpenRouter would reject fails before the browser opens", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    callbackUrl: async (query) => `http://code.example.com/callback?${query}`,
    openExternal: () => assert.fail("opened"),
  });
  const error = await window.signIn.run("uriCallback", never()).catch((thrown: unknown) => thrown);
  assert.ok(failure("noCallbackUrl")(error));
  assert.match(String((error as Error).cause), /callbackUrl/);
});

test("without a callback URL, the browser isn't opened either", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    callbackUrl: () => Promise.reject(new Error("No tunnel")),
    openExternal: () => assert.fail("opened"),
  });
  await assert.rejects(window.signIn.run("uriCallback", never()), failure("noCallbackUrl"));
});

test("a callback whose sign-in can't be read ends that sign-in, and is reported once", async () => {
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  const result = here.signIn.run("uriCallback", never());
  const callback = await authorize(await here.nextUrl());
  storage.interfere = (action, name) => {
    if (action === "get" && name.startsWith("signIn.")) throw new Error("The keyring is locked");
  };
  await assert.rejects(there.signIn.complete(callback), SecretStorageError);
  assert.equal(await here.signIn.complete(callback), undefined);
  await assert.rejects(result, SecretStorageError);
});

test("unknown callbacks are not exchanged and end no sign-in", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const url = await window.nextUrl();
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
  await window.signIn.complete(await authorize(url));
  await result;
});

test("a callback works only once, even if it arrives twice at the same moment", async () => {
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
  const result = window.signIn.run("uriCallback", never());
  const callback = await authorize(await window.nextUrl());
  const both = await Promise.allSettled([window.signIn.complete(callback), window.signIn.complete(callback)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  await result;
  await assert.rejects(window.signIn.complete(callback), failure("unknownCallback"));
  assert.equal((await window.store.list()).length, 1);
});

test("concurrent sign-ins don't affect each other", async () => {
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  const first = here.signIn.run("uriCallback", never());
  const firstUrl = await here.nextUrl();
  const second = there.signIn.run("uriCallback", never());
  const third = here.signIn.run("uriCallback", never());
  await here.signIn.complete(await authorize(await here.nextUrl()));
  await there.signIn.complete(await authorize(await there.nextUrl()));
  await here.signIn.complete(await authorize(firstUrl));
  const keys = (await Promise.all([first, second, third])).map(({ session }) => session.key).sort();
  assert.deepEqual((await here.store.list()).map(({ key }) => key).sort(), keys);
  assertNothingPending(storage);
});

test("a window waits for as long as another asks whether to replace the key, and doesn't show the result again", async (context) => {
  const storage = new FakeSecretStorage();
  const questions = new EventEmitter();
  const askReplace = () =>
    new Promise<"keepBoth">((answer) => void questions.emit("asked", () => answer("keepBoth")));
  const there = openWindow(storage, fakeOpenRouter.url, { askReplace });
  const here = openWindow(storage, fakeOpenRouter.url);
  await here.store.put({
    version: 2,
    id: "other",
    key: "other key",
    label: "OpenRouter",
    userId: fakeOpenRouter.userId ?? "",
    baseUrl: fakeOpenRouter.url,
    createdAt: 1,
  });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let ended = false;
  const result = here.signIn.run("uriCallback", never()).finally(() => {
    ended = true;
  });
  const asked = once(questions, "asked");
  const completing = there.signIn.complete(await authorize(await here.nextUrl()));
  const [answer] = await asked;
  for (let minute = 0; minute < 5; minute++) {
    context.mock.timers.tick(60_000);
    await here.store.list();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(ended, false, `after ${minute + 1} minutes`);
  }
  answer();
  assert.equal((await completing)?.isShown, undefined);
  assert.equal((await result).isShown, true);
});

test("another window completes the sign-in, and the waiting window gets the session", async () => {
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url, {
    settings: () => ({ baseUrl: fakeOpenRouter.url, requestedTerms: { limit: "5" } }),
  });
  const there = openWindow(storage, fakeOpenRouter.url);
  const result = here.signIn.run("uriCallback", never());
  const finished = await there.signIn.complete(await authorize(await here.nextUrl()));
  assert.deepEqual(finished?.requestedTerms, { limit: "5" });
  assert.deepEqual(await result, { ...finished, isShown: true });
});

test("a sign-in can be completed even if its window was closed", async () => {
  const storage = new FakeSecretStorage();
  const closed = openWindow(storage, fakeOpenRouter.url);
  const controller = new AbortController();
  const lost = closed.signIn.run("uriCallback", controller.signal);
  const url = await closed.nextUrl();
  closed.close();
  const reopened = openWindow(storage, fakeOpenRouter.url);
  const connection = await reopened.signIn.complete(await authorize(url));
  assert.deepEqual(await reopened.store.list(), [connection?.session]);
  controller.abort(new Error("closed"));
  await assert.rejects(lost, /closed/);
});

test("a sign-in ends when another window took its callback and stored no key", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const there = openWindow(storage, fakeOpenRouter.url);
  const result = here.signIn.run("uriCallback", never());
  const completing = there.signIn.complete(await deny(await here.nextUrl()));
  await assert.rejects(completing, failure("denied"));
  await new Promise((resolve) => setImmediate(resolve));
  context.mock.timers.tick(60_000);
  await assert.rejects(result, failure("finishedElsewhere"));
});

test("a window that doesn't know whether another took its callback keeps waiting", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const storage = new FakeSecretStorage();
  const here = openWindow(storage, fakeOpenRouter.url);
  const gate = new EventEmitter();
  const taken = once(gate, "taken");
  const mayFinish = once(gate, "mayFinish");
  const there = openWindow(storage, fakeOpenRouter.url, {
    fetch: async (input, init) => {
      gate.emit("taken");
      await mayFinish;
      return fetch(input, { ...init, signal: null }); // the time limit has passed by the mocked clock
    },
  });
  const result = here.signIn.run("uriCallback", never());
  const callback = await authorize(await here.nextUrl());
  storage.interfere = (action, name, window) => {
    if (window === 0 && action === "get" && name.startsWith("signIn.")) throw new Error("Busy");
  };
  const completing = there.signIn.complete(callback);
  await taken;
  await new Promise((resolve) => setImmediate(resolve)); // this window hears of it
  context.mock.timers.tick(60_000);
  await new Promise((resolve) => setImmediate(resolve));
  gate.emit("mayFinish");
  assert.deepEqual(await result, { ...(await completing), isShown: true });
});

test("errors have readable names in the log", () => {
  assert.equal(String(new SignInError("denied")), "SignInError: denied");
  assert.equal(new SignInCanceled().name, "SignInCanceled");
});

test("a failing secret storage ends the sign-in before the browser opens", async () => {
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

test("loopback flow: a sign-in over the network, from start to stored key", async () => {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, fakeOpenRouter.url);
  const result = window.signIn.run("loopback", never());
  const location = await fakeOpenRouter.authorize(await window.nextUrl());
  assert.match(location ?? "", /^http:\/\/127\.0\.0\.1:\d+\/callback\?state=.+&code=.+$/);
  const page = await fetch(location ?? "");
  assert.equal(page.status, 200);
  assert.match(await page.text(), /You can close this tab/);
  const { session } = await result;
  assert.equal(session.key, fakeOpenRouter.keys.at(-1)?.key);
  await assert.rejects(fetch(location ?? ""), "the server is closed");
  assertNothingPending(storage);
});

test("loopback flow: a canceled or failed sign-in leaves no server behind", async () => {
  for (const end of ["cancel", "deny", "deny as in the guide"]) {
    fakeOpenRouter.misbehave({ asInGuide: end === "deny as in the guide" });
    const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url);
    const controller = new AbortController();
    const result = window.signIn.run("loopback", controller.signal);
    const rejected = assert.rejects(result, end === "cancel" ? /canceled/ : failure("denied"));
    const denial = await fakeOpenRouter.deny(await window.nextUrl());
    if (end !== "cancel") assert.equal((await fetch(denial ?? "")).status, 200);
    else controller.abort(new Error("canceled"));
    await rejected;
    await assert.rejects(fetch(denial ?? ""), "the server is closed");
  }
  fakeOpenRouter.behave();
});

/** An input box in which the user enters one text after the other. `shownErrors` are the box's errors. */
function codeBox(enter: (url: string) => Promise<string | undefined>) {
  const shownErrors: unknown[] = [];
  const askForCode: SignInHost["askForCode"] = async ({ url }, signal, submit) => {
    for (;;) {
      const text = await enter(url);
      signal.throwIfAborted();
      if (text === undefined) throw new SignInCanceled();
      try {
        return await submit(text);
      } catch (error) {
        if (error instanceof SignInCanceled) throw error;
        assert.ok(shownErrors.push(error) < 9, "the box accepts no text");
      }
    }
  };
  return { askForCode, shownErrors };
}

test("code entry: a wrong and an expired code are errors in the box, and the user can try again", async () => {
  const texts = ["no such code", "no-such-code", "expired", "valid"];
  const { askForCode, shownErrors } = codeBox(async (url) => {
    const text = texts.shift();
    if (text === "expired") {
      fakeOpenRouter.misbehave({ signIn: { codes: "expired" } });
      await fakeOpenRouter.authorize(url);
      fakeOpenRouter.behave();
    } else if (text === "valid") await fakeOpenRouter.authorize(url);
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
    shownErrors.map((error) =>
      error instanceof OpenRouterError
        ? [error.details.status, error.details.code]
        : (error as SignInError).failure,
    ),
    ["notACode", [400, "rejected"], [403, "expired"]],
  );
  const issued = fakeOpenRouter.keys.at(-1);
  assert.deepEqual([session.key, issued?.limit, issued?.label], [issued?.key, 3, "VS Code"]);
  assert.deepEqual(await window.store.list(), [session]);
});

test("code entry: the page is opened without a callback URL, and with an S256 challenge", async () => {
  let page = "";
  const { askForCode } = codeBox(async (url) => {
    page = url;
    return undefined;
  });
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    askForCode,
    openExternal: async () => false,
  });
  await assert.rejects(window.signIn.run("codeEntry", never()), SignInCanceled);
  const query = new URL(page).searchParams;
  assert.deepEqual([...query.keys()], ["code_challenge", "code_challenge_method"]);
  assert.equal(query.get("code_challenge_method"), "S256");
});

test("code entry: the user is shown why only if no other flow works", async () => {
  const reasonFor = async (overrides: Partial<SignInHost>) => {
    let shownReason: unknown = "not asked";
    const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
      askForCode: async ({ reason }) => {
        shownReason = reason;
        throw new SignInCanceled();
      },
      openExternal: async () => true,
      ...overrides,
    });
    await assert.rejects(window.signIn.run("codeEntry", never()), SignInCanceled);
    return shownReason;
  };
  const environment = { uiKind: "web", extensionHost: "node", local: false } as const;
  const withCallbackUrl = (url: string) => ({ callbackUrl: async () => url });
  assert.equal(
    await reasonFor({ environment, ...withCallbackUrl("http://code.test/callback") }),
    "noLinkBack",
  );
  assert.equal(
    await reasonFor({ environment, ...withCallbackUrl("https://code.test:8443/callback") }),
    "noLinkBack",
  );
  assert.equal(await reasonFor({ environment, ...withCallbackUrl("https://code.test/callback") }), undefined);
  // The loopback flow still works.
  assert.equal(await reasonFor(withCallbackUrl("http://code.test/callback")), undefined);
});

test("code entry: a pasted callback URL completes its own sign-in, also after the window was reloaded", async () => {
  const storage = new FakeSecretStorage();
  const before = openWindow(storage, fakeOpenRouter.url);
  const controller = new AbortController();
  const lost = before.signIn.run("uriCallback", controller.signal);
  const location = await fakeOpenRouter.authorize(await before.nextUrl());
  before.close();
  const { askForCode, shownErrors } = codeBox(async () => location);
  const after = openWindow(storage, fakeOpenRouter.url, { askForCode, openExternal: async () => true });
  const { session } = await after.signIn.run("codeEntry", never());
  assert.deepEqual(shownErrors, []);
  assert.equal(session.key, fakeOpenRouter.keys.at(-1)?.key);
  controller.abort(new Error("closed"));
  await assert.rejects(lost, /closed/);
});

test("code entry: a pasted callback URL with an unknown state is an error in the box", async () => {
  const texts = ["https://code.example.com/callback?code=attacker&state=guessed", undefined];
  const { askForCode, shownErrors } = codeBox(async () => texts.shift());
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, {
    askForCode,
    openExternal: async () => true,
  });
  const before = fakeOpenRouter.requests.length;
  await assert.rejects(window.signIn.run("codeEntry", never()), SignInCanceled);
  assert.deepEqual(
    shownErrors.map((error) => (error as SignInError).failure),
    ["unknownCallback"],
  );
  assert.equal(fakeOpenRouter.requests.length, before);
});

test("code entry: the callback URL of another sign-in in this window completes that one, and closes the box", async () => {
  const { askForCode, shownErrors } = codeBox(async () => location);
  let location: string | undefined;
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, { askForCode });
  const waiting = window.signIn.run("uriCallback", never());
  location = await fakeOpenRouter.authorize(await window.nextUrl());
  await assert.rejects(window.signIn.run("codeEntry", never()), SignInCanceled);
  assert.equal((await waiting).session.key, fakeOpenRouter.keys.at(-1)?.key);
  assert.deepEqual(shownErrors, []);
});

test("code entry: the callback URL of another flow of the same attempt ends both", async () => {
  const { askForCode } = codeBox(async () => location);
  let location: string | undefined;
  const window = openWindow(new FakeSecretStorage(), fakeOpenRouter.url, { askForCode });
  const attempt = new ConnectAttempt((flow, signal) => window.signIn.run(flow, signal), never());
  void attempt.start("uriCallback");
  location = await fakeOpenRouter.authorize(await window.nextUrl());
  const code = attempt.start("codeEntry");
  assert.equal((await attempt.result).session.key, fakeOpenRouter.keys.at(-1)?.key);
  await code;
});

test("the flows depend on the environment, also if there is no callback URL", async () => {
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

test("in a browser, a window with stale secrets ends its sign-in without overwriting a hidden key", async () => {
  for (const end of ["cancel", "callback"] as const) {
    const browser = new FakeBrowser();
    const here = openWindow(browser, fakeOpenRouter.url);
    const there = openWindow(browser, fakeOpenRouter.url);
    const controller = new AbortController();
    const waiting = here.signIn.run("uriCallback", controller.signal);
    const url = await here.nextUrl();
    const connecting = there.signIn.run("uriCallback", never());
    await there.signIn.complete(await authorize(await there.nextUrl()));
    const { session } = await connecting;
    const issued = fakeOpenRouter.keys.length;
    if (end === "cancel") {
      controller.abort(new SignInCanceled());
      await assert.rejects(waiting, SignInCanceled);
    } else {
      assert.equal(await here.signIn.complete(await authorize(url)), undefined);
      await assert.rejects(
        waiting,
        (error) => error instanceof SecretStorageError && error.action === "stale",
      );
    }
    assert.equal(fakeOpenRouter.keys.length, issued, "a code was exchanged for a key that can't be kept");
    assert.deepEqual(await openWindow(browser, fakeOpenRouter.url).store.list(), [session], end);
  }
});
