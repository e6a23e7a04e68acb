// What is sent, what is sent again, and why there may be no response.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { ChatFailure } from "../../../src/models/chatError";
import { FakeClock } from "../../fakes/clock";
import { ask, Body, body, bodyOf, fails, finish, said, stream, text } from "./streams";

const clock = new FakeClock();
beforeEach(() => clock.install());
afterEach(() => {
  clock.uninstall();
  clock.clear();
});
const now = () => clock.now;
const turn = () => new Promise((resolve) => setImmediate(resolve));

const whole = () => bodyOf(stream(text("Hi"), finish("stop")));
const busy = (status: number, retryAfter?: string) =>
  Response.json(
    { error: { code: status, message: "quoted" } },
    { status, headers: retryAfter === undefined ? {} : { "Retry-After": retryAfter } },
  );

test("a request is OpenRouter's alone: with the key and the app's name, without cookies, cache, redirects", async () => {
  const { requests, answer } = ask(whole(), { baseUrl: "https://gateway.example/router" });
  await answer;
  assert.equal(requests.length, 1);
  const [{ url, init } = { url: "", init: {} }] = requests;
  assert.equal(url, "https://gateway.example/router/api/v1/chat/completions");
  const { signal, body: sent, ...rest } = init;
  assert.ok(signal);
  assert.deepEqual(JSON.parse(String(sent)), body);
  assert.deepEqual(rest, {
    method: "POST",
    headers: {
      Authorization: "Bearer sk-or-v1-secret",
      "Content-Type": "application/json",
      Accept: "text/event-stream",
      "HTTP-Referer":
        "https://marketplace.visualstudio.com/items?itemName=connect-openrouter.connect-openrouter",
      "X-OpenRouter-Title": "Connect OpenRouter",
      "X-OpenRouter-Categories": "ide-extension",
    },
    credentials: "omit",
    cache: "no-store",
    redirect: "manual",
  });
});

const failed = (message: string, cause?: object) => new TypeError(message, { cause });
const cause = (code: string, message = code) => Object.assign(new Error(message), { code });
const noResponse: Record<string, [answer: Error | Response, ChatFailure]> = {
  "no network": [failed("fetch failed", cause("ENOTFOUND")), "network"],
  "a connection that was reset": [failed("fetch failed", cause("ECONNRESET")), "network"],
  "a certificate that isn't trusted": [failed("fetch failed", cause("DEPTH_ZERO_SELF_SIGNED_CERT")), "tls"],
  "a proxy that refuses": [failed("net::ERR_TUNNEL_CONNECTION_FAILED"), "proxy"],
  "a redirect": [
    new Response(null, { status: 307, headers: { Location: "https://evil.example" } }),
    "redirected",
  ],
  "a redirect that a browser hides": [
    Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" }),
    "redirected",
  ],
};
for (const [name, [answers, failure]] of Object.entries(noResponse)) {
  test(`${failure}: ${name}, which isn't tried again`, async () => {
    const { requests, answer, logged } = ask(answers);
    await assert.rejects(answer, fails(failure));
    assert.equal(requests.length, 1);
    assert.match(
      logged.join("\n"),
      new RegExp(`^openrouter\\.ai /api/v1/chat/completions: ${failure}, \\d+ ms$`),
    );
  });
}

for (const status of [429, 503]) {
  test(`${status} is tried once more, after the wait that is asked for`, async () => {
    const { requests, answer, parts } = ask([busy(status, "10"), whole()], { now });
    await turn();
    assert.equal(requests.length, 1);
    clock.advance(9_999);
    await turn();
    assert.equal(requests.length, 1);
    clock.advance(1);
    await answer;
    assert.equal(requests.length, 2);
    assert.deepEqual(requests[1]?.init.body, requests[0]?.init.body);
    assert.equal(said(parts), "Hi");
    assert.equal(clock.pending(), 0);
  });

  test(`${status} is not tried a third time`, async () => {
    const { requests, answer } = ask([busy(status, "0"), busy(status, "0")]);
    await assert.rejects(
      answer,
      fails(status === 429 ? "rateLimited" : "overloaded", { status, retryAfter: 0 }),
    );
    assert.equal(requests.length, 2);
  });

  for (const wait of [undefined, "11", "3600", "soon"]) {
    test(`${status} is not tried again where the wait is ${wait}`, async () => {
      const { requests, answer } = ask(busy(status, wait));
      await assert.rejects(answer, { name: "ChatError" });
      assert.equal(requests.length, 1);
    });
  }
}

for (const status of [400, 401, 402, 403, 404, 408, 500, 502, 504, 524, 529]) {
  test(`${status} is not tried again, whatever wait it asks for`, async () => {
    const { requests, answer } = ask(busy(status, "0"));
    await assert.rejects(answer, { name: "ChatError" });
    assert.equal(requests.length, 1);
  });
}

test("an error in a stream is not tried again", async () => {
  const error = { code: 429, message: "quoted", availability: { retry_after: 0 } };
  const { requests, answer } = ask(bodyOf(stream(JSON.stringify({ choices: [], error }))));
  await assert.rejects(answer, fails("rateLimited"));
  assert.equal(requests.length, 1);
});

test("timeout: no response", async () => {
  const { answer, requests } = ask(() => new Promise(() => {}), { now });
  clock.advance(119_999);
  await turn();
  assert.equal(requests[0]?.init.signal?.aborted, false);
  clock.advance(1000); // with the time for sending
  await assert.rejects(answer, fails("timeout"));
  assert.ok(requests[0]?.init.signal?.aborted);
  assert.equal(clock.pending(), 0);
});

test("a large request has the time that a slow connection takes to send it", async () => {
  const content = "x".repeat(1_600_000);
  const { answer, requests } = ask(() => new Promise(() => {}), {
    now,
    body: { ...body, messages: [{ role: "user", content }] },
  });
  clock.advance(219_000);
  await turn();
  assert.equal(requests[0]?.init.signal?.aborted, false);
  clock.advance(2000);
  await assert.rejects(answer, fails("timeout"));
});

test("timeout: an error whose body doesn't end", async () => {
  const { answer } = ask(new Response(new Body().stream, { status: 400 }), { now });
  await turn();
  clock.advance(121_000);
  await assert.rejects(answer, fails("timeout"));
});
