import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { calculatePKCECodeChallenge } from "oauth4webapi";
import { authorizationUrl } from "../../../src/openrouter/authorizationRequest";
import { exchangeCode, getCurrentKey } from "../../../src/openrouter/client";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import type { Misbehaviour, WrongAnswer } from "../../fakeOpenRouter/misbehaviour";

const codeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
let fakeOpenRouter: FakeOpenRouter;
/** The target of redirects. It must receive no requests. */
let elsewhere: FakeOpenRouter;
before(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
  elsewhere = await startFakeOpenRouter();
});
afterEach(() => fakeOpenRouter.behave());
after(async () => {
  await fakeOpenRouter.close();
  await elsewhere.close();
});

/** A code that the fake OpenRouter issued for our verifier. */
async function freshCode(): Promise<string> {
  const codeChallenge = await calculatePKCECodeChallenge(codeVerifier);
  await fakeOpenRouter.authorize(
    authorizationUrl(fakeOpenRouter.url, { codeChallenge, codeChallengeMethod: "S256" }),
  );
  assert.ok(fakeOpenRouter.lastCode);
  return fakeOpenRouter.lastCode;
}

const exchange = async (
  options: { signal?: AbortSignal; timeLimit?: number; code?: string; verifier?: string } = {},
) =>
  exchangeCode(
    { code: options.code ?? (await freshCode()), codeVerifier: options.verifier ?? codeVerifier },
    { fetch, baseUrl: fakeOpenRouter.url, ...options },
  );

const exchangeAfter = (behaviour: Misbehaviour) => {
  fakeOpenRouter.misbehave(behaviour);
  return exchange();
};

/** Asserts this failure, and that the error quotes nothing that the server sent. */
const fails =
  (failure: OpenRouterError["failure"], details: Partial<OpenRouterError["details"]> = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof OpenRouterError, String(error));
    assert.equal(error.failure, failure);
    assert.deepEqual({ ...error.details, cause: undefined }, { ...details, cause: undefined });
    assert.doesNotMatch(error.message, /sk-or|message|<|\{/);
    return true;
  };

test("a code is exchanged for the key, with PKCE and without credentials", async () => {
  const code = await freshCode();
  const issued = await exchange({ code });
  assert.deepEqual(issued, {
    key: fakeOpenRouter.keys.at(-1)?.key,
    userId: "user_2yOPcMpKoQhcd4bVgSMlELRaIah",
  });
  const request = fakeOpenRouter.requests.at(-1);
  assert.equal(`${request?.method} ${request?.url}`, "POST /api/v1/auth/keys");
  assert.deepEqual(JSON.parse(request?.body ?? ""), {
    code,
    code_verifier: codeVerifier,
    code_challenge_method: "S256",
  });
  assert.equal(request?.headers["content-type"], "application/json");
  assert.equal(request?.headers.authorization, undefined);
  assert.equal(request?.headers.cookie, undefined);
});

test("a request sends no cookies, follows no redirect and isn't cached", async () => {
  const sent: RequestInit[] = [];
  const options = {
    fetch: async (_: unknown, init: RequestInit = {}) => {
      sent.push(init);
      return Response.json({ key: "k", data: {} });
    },
    baseUrl: "https://openrouter.ai",
  };
  await exchangeCode({ code: "c", codeVerifier }, options);
  await getCurrentKey("k", options).catch(() => {}); // it rejects a response without figures, which doesn't matter here
  assert.equal(sent.length, 2);
  for (const { credentials, redirect, cache } of sent) {
    assert.deepEqual(
      { credentials, redirect, cache },
      { credentials: "omit", redirect: "manual", cache: "no-store" },
    );
  }
  assert.deepEqual(sent[0]?.headers, { "Content-Type": "application/json" });
});

test("a missing user is undefined, and unknown fields are ignored", async () => {
  fakeOpenRouter.misbehave({ exchange: { answer: { fields: { user_id: null, later: { added: 1 } } } } });
  assert.equal((await exchange()).userId, undefined);
});

test("a user of the wrong type doesn't lose the key", async () => {
  fakeOpenRouter.misbehave({ exchange: { answer: { fields: { user_id: 5 } } } });
  assert.deepEqual(await exchange(), { key: fakeOpenRouter.keys.at(-1)?.key, userId: undefined });
  fakeOpenRouter.misbehave({ exchange: { answer: { fields: { user_id: undefined } } } });
  assert.equal((await exchange()).userId, undefined);
});

test("a wrong verifier, a wrong code and a used code are rejected", async () => {
  await assert.rejects(
    exchange({ verifier: "x".repeat(43) }),
    fails("status", { status: 403, code: "rejected" }),
  );
  for (const asInGuide of [false, true]) {
    fakeOpenRouter.misbehave({ asInGuide });
    const rejected = fails("status", { status: asInGuide ? 403 : 400, code: "rejected" });
    await assert.rejects(exchange({ code: "no-such-code" }), rejected);
    const code = await freshCode();
    await exchange({ code });
    await assert.rejects(exchange({ code }), rejected);
  }
});

test("a code that was issued without a challenge is distinguished: the browser opened a part of the URL", async () => {
  const request = {
    callbackUrl: "vscode://a.b/callback?state=s",
    codeChallenge: await calculatePKCECodeChallenge(codeVerifier),
    codeChallengeMethod: "S256",
  } as const;
  const [cutOff = ""] = authorizationUrl(fakeOpenRouter.url, request).split("&"); // as by `cmd /c start`
  await fakeOpenRouter.authorize(cutOff);
  await assert.rejects(
    exchange({ code: fakeOpenRouter.lastCode ?? "" }),
    fails("status", { status: 400, code: "unchallenged" }),
  );
});

test("an expired code is distinguished from a wrong one", async () => {
  fakeOpenRouter.misbehave({ signIn: { codes: "expired" } });
  await assert.rejects(exchange(), fails("status", { status: 403, code: "expired" }));
});

const status = (code: number, headers?: Record<string, string>): Misbehaviour["exchange"] => ({
  answer: {
    status: code,
    body: '{"error":{"code":1,"message":"sk-or-v1-echoed"}}',
    ...(headers && { headers }),
  },
});
for (const [name, fault, failure, details] of [
  ["400", status(400), "status", { status: 400, code: "rejected" }],
  ["405", status(405), "status", { status: 405 }],
  ["429 with Retry-After", status(429, { "Retry-After": "7" }), "status", { status: 429, retryAfter: 7000 }],
  [
    "503 with a date, which is measured by the server's clock",
    status(503, {
      Date: "Fri, 31 Dec 1999 23:59:00 GMT",
      "Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT",
    }),
    "status",
    { status: 503, retryAfter: 59_000 },
  ],
  ["429 with an endless wait", status(429, { "Retry-After": "1e400" }), "status", { status: 429 }],
  ["429 with an empty wait", status(429, { "Retry-After": "" }), "status", { status: 429 }],
  [
    "429 with a Retry-After of zero",
    status(429, { "Retry-After": "0" }),
    "status",
    { status: 429, retryAfter: 0 },
  ],
  ["500", status(500), "status", { status: 500 }],
  ["401, where there is no key", status(401), "status", { status: 401 }],
  [
    "an error in the form of a gateway",
    { answer: { status: 403, body: '{"error":{"message":"No","type":"auth","code":"blocked"}}' } },
    "status",
    { status: 403, code: "rejected" },
  ],
  ["an error page", { answer: { status: 502, body: "<html>Bad Gateway" } }, "status", { status: 502 }],
  ["a page instead of JSON", { answer: "html" }, "intermediary", {}],
  ["half a response", { answer: "truncated" }, "answer", {}],
  ["10 MB", { answer: "huge" }, "answer", {}],
  ["wrong types", { answer: "wrongTypes" }, "answer", {}],
  ["no key", { answer: { fields: { key: undefined } } }, "answer", {}],
  ["an empty key", { answer: { fields: { key: "" } } }, "answer", {}],
  ["control characters in the key", { answer: { fields: { key: "sk-or-v1-\u0007\n" } } }, "answer", {}],
  ["a control character before the key", { answer: { fields: { key: "\u0007sk-or-v1-" } } }, "answer", {}],
  ["a broken connection", { answer: "reset" }, "network", {}],
] as [string, Misbehaviour["exchange"], OpenRouterError["failure"], OpenRouterError["details"]][]) {
  test(`${name} is a "${failure}" failure`, async () => {
    fakeOpenRouter.misbehave({ exchange: fault });
    await assert.rejects(exchange(), fails(failure, details));
  });
}

for (const [name, respond] of [
  ["the exchange", (answer: WrongAnswer) => exchangeAfter({ exchange: { answer } })],
  [
    "the key",
    (answer: WrongAnswer) => {
      fakeOpenRouter.misbehave({ key: { answer } });
      return getCurrentKey("k", { fetch, baseUrl: fakeOpenRouter.url });
    },
  ],
] as const) {
  for (const status of [401, 402, 403, 404, 405, 418, 451, 511]) {
    test(`${name}: ${status} without OpenRouter's JSON is not its word`, async () => {
      for (const body of [
        "<!doctype html><title>Blocked</title>",
        " \n<?xml version='1.0'?><error/>",
        "Forbidden",
        "",
        "{",
        "null",
        "[]",
        '{"error":"Unauthorized"}',
        '{"error":{"code":401}}',
        '{"error":{"message":401}}',
        '{"message":"User not found."}',
      ]) {
        await assert.rejects(respond({ status, body }), fails("intermediary"), body);
      }
    });
  }

  test(`${name}: a server in front of OpenRouter may say that it is busy or broken`, async () => {
    for (const status of [429, 500, 502, 503, 504, 520, 599]) {
      const headers = { "Retry-After": "7" };
      const withKey = name === "the key" ? ({ withKey: true } as const) : {};
      const details = { status, ...withKey, retryAfter: 7000 };
      await assert.rejects(respond({ status, headers, body: "<h1>Wait" }), fails("status", details));
    }
  });
}

test("511, which is never OpenRouter's, is not its word even as JSON", async () => {
  await assert.rejects(exchangeAfter({ exchange: status(511) }), fails("intermediary"));
});

test("a page of 400 is not OpenRouter's word, but text and a list of issues are about the code", async () => {
  const answer = (body: string) => exchangeAfter({ exchange: { answer: { status: 400, body } } });
  for (const body of ["<h1>Bad Request</h1>", " "]) await assert.rejects(answer(body), fails("intermediary"));
  for (const body of ["Malformed JSON", '{"error":{"issues":[]}}', "[]"])
    await assert.rejects(answer(body), fails("status", { status: 400, code: "rejected" }));
});

for (const [message, code] of [
  ["Invalid code", "rejected"],
  ["Invalid code or code_verifier", "rejected"],
  ["Invalid or expired authorization code", "rejected"],
  ["Authorization code expired", "expired"],
  ["Invalid code_challenge_method", "unchallenged"],
  ["Something new", "rejected"],
] as const) {
  test(`"${message}" says that the code is ${code}, with 400 and 403`, async () => {
    for (const status of [400, 403]) {
      const body = JSON.stringify({ error: { message, code: status } });
      await assert.rejects(
        exchangeAfter({ exchange: { answer: { status, body } } }),
        fails("status", { status, code }),
      );
    }
  });
}

/** Exchanges a code with a server that sends this response. */
const exchangeFor = (respond: () => Response | Promise<Response>) =>
  exchangeCode(
    { code: "c", codeVerifier },
    { fetch: async () => respond(), baseUrl: "https://openrouter.ai", timeLimit: 50 },
  );

test("a failure's message says what went wrong, and where a response was invalid", async () => {
  const cause = new Error("getaddrinfo");
  for (const [respond, text] of [
    [() => Response.json({ key: 5 }), "The answer has not the form that was expected: key"],
    [() => Response.json([]), "The answer has not the form that was expected: (whole)"],
    [() => new Response("", { status: 500 }), "OpenRouter answered 500"],
    [() => new Response("", { status: 407 }), "A proxy wants to be signed in to"],
    [() => new Response("x".repeat(1_000_001)), "The answer is too large"],
    [() => new Promise<Response>((_, reject) => setTimeout(reject, 60)), "No answer within 50 ms"],
    [() => Promise.reject(cause), "The request failed"],
  ] as const) {
    const error = await exchangeFor(respond).catch((thrown: unknown) => thrown);
    assert.equal(String(error), `OpenRouterError: ${text}`);
    assert.equal((error as Error).cause, text === "The request failed" ? cause : undefined);
  }
});

test("a response may have 1 MB, and may be split within a character", async () => {
  const start = '{"key":"k","user_id":"\u00e4","more":"';
  const bytes = Buffer.from(`${start}${"x".repeat(1_000_000 - Buffer.byteLength(start) - 2)}"}`);
  assert.equal(bytes.length, 1_000_000);
  const chunks = [bytes.subarray(0, bytes.indexOf(0xc3) + 1), bytes.subarray(bytes.indexOf(0xc3) + 1)];
  const body = new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
  });
  assert.deepEqual(await exchangeFor(() => new Response(body)), { key: "k", userId: "\u00e4" });
});

test("an empty response fails by its status, or as an invalid response", async () => {
  await assert.rejects(
    exchangeFor(() => new Response(null, { status: 204 })),
    fails("answer"),
  );
  await assert.rejects(
    exchangeFor(() => new Response(null, { status: 500 })),
    fails("status", { status: 500 }),
  );
});

test("an endless response is read up to the limit, then canceled", async () => {
  let sent = 0;
  let canceled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 100_000;
      controller.enqueue(new Uint8Array(100_000));
    },
    cancel() {
      canceled = true;
    },
  });
  const result = exchangeCode(
    { code: "c", codeVerifier },
    { fetch: async () => new Response(endless), baseUrl: "https://openrouter.ai" },
  );
  await assert.rejects(result, fails("answer"));
  assert.ok(canceled);
  assert.ok(sent <= 1_300_000, `${sent} bytes were sent`);
});

test("a response of 1 MB is accepted, and one byte more is not", async () => {
  const body = '{"key":"k","user_id":null}';
  const read = (bytes: number) =>
    exchangeCode(
      { code: "c", codeVerifier },
      { fetch: async () => new Response(body.padEnd(bytes)), baseUrl: "https://openrouter.ai" },
    );
  assert.equal((await read(1_000_000)).key, "k");
  await assert.rejects(read(1_000_001), fails("answer"));
});

for (const status of [301, 302, 307] as const) {
  test(`${status} to another host is not followed`, async () => {
    fakeOpenRouter.misbehave({
      exchange: { answer: { redirect: `${elsewhere.url}/api/v1/auth/keys`, status } },
    });
    await assert.rejects(exchange(), fails("redirected"));
    assert.deepEqual(elsewhere.requests, []);
  });
}

test("a redirect is not followed, even within the same host", async () => {
  const before = fakeOpenRouter.requests.length;
  fakeOpenRouter.misbehave({ exchange: { answer: { redirect: `${fakeOpenRouter.url}/elsewhere` } } });
  await assert.rejects(exchange(), fails("redirected"));
  assert.equal(fakeOpenRouter.requests.length, before + 1);
});

test("a redirect is recognized where a browser hides it", async () => {
  const opaque = Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" } });
  await assert.rejects(
    exchangeFor(() => opaque),
    fails("redirected"),
  );
});

test("a missing server is a network failure", async () => {
  const closed = await startFakeOpenRouter();
  await closed.close();
  await assert.rejects(
    exchangeCode({ code: "c", codeVerifier }, { fetch, baseUrl: closed.url }),
    fails("network"),
  );
});

for (const answer of ["hang", { drip: 5 }] as const) {
  test(`${JSON.stringify(answer)} ends at the time limit`, async () => {
    fakeOpenRouter.misbehave({ exchange: { answer } });
    await assert.rejects(exchange({ timeLimit: 30 }), fails("timeout"));
  });
}

test("the time limit is 30 seconds, and its timer is cleared with the request", async (context) => {
  const timers: { delay?: number; cleared: boolean }[] = [];
  const handles = new Map<unknown, { cleared: boolean }>();
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  context.mock.method(globalThis, "setTimeout", (work: () => void, delay?: number) => {
    const handle = set(work, delay);
    const timer = { ...(delay !== undefined && { delay }), cleared: false };
    timers.push(timer);
    handles.set(handle, timer);
    return handle;
  });
  context.mock.method(globalThis, "clearTimeout", (handle: NodeJS.Timeout) => {
    const timer = handles.get(handle);
    if (timer) timer.cleared = true;
    clear(handle);
  });
  await exchangeCode(
    { code: "c", codeVerifier },
    { fetch: async () => Response.json({ key: "k", user_id: null }), baseUrl: "https://openrouter.ai" },
  );
  assert.deepEqual(timers, [{ delay: 30_000, cleared: true }]);
});

test("canceling rejects with the signal's own reason", async () => {
  fakeOpenRouter.misbehave({ exchange: { answer: "hang" } });
  const controller = new AbortController();
  const expected = fakeOpenRouter.requests.length + 1;
  const result = exchange({ signal: controller.signal });
  while (fakeOpenRouter.requests.length < expected) await new Promise((resolve) => setImmediate(resolve));
  const reason = new Error("canceled");
  controller.abort(reason);
  await assert.rejects(result, (error) => error === reason);
});

test("the log has the host, the path, the status and the duration", async () => {
  const lines: string[] = [];
  const log = (text: string) => void lines.push(text);
  const code = await freshCode();
  const start = performance.now();
  await exchangeCode(
    { code, codeVerifier },
    { fetch, baseUrl: fakeOpenRouter.url, log: { debug: log, warn: log } },
  );
  const took = performance.now() - start;
  const duration = lines.join().replace(`${new URL(fakeOpenRouter.url).host} /api/v1/auth/keys: 200, `, "");
  assert.match(duration, /^\d+ ms$/);
  assert.ok(Number.parseInt(duration, 10) <= Math.ceil(took), `${lines}, in ${took} ms`);
});
