import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { getCurrentKey } from "../../../src/openrouter/client";
import { OpenRouterError, type OpenRouterFailure } from "../../../src/openrouter/errors";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { spend } from "../../fakeOpenRouter/keys";
import type { WrongAnswer } from "../../fakeOpenRouter/misbehaviour";

let fakeOpenRouter: FakeOpenRouter;
before(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
});
afterEach(() => fakeOpenRouter.behave());
after(() => fakeOpenRouter.close());

async function getKey(key: string) {
  const { answeredAt, ...keyInfo } = await getCurrentKey(key, { fetch, baseUrl: fakeOpenRouter.url });
  assert.ok(Math.abs((answeredAt ?? 0) - Date.now()) < 60_000, "the server's clock is this computer's");
  return keyInfo;
}

test("the request has the key as its bearer token, and no other credentials", async () => {
  const issued = fakeOpenRouter.addKey({
    limit: 10,
    limitReset: "monthly",
    expiresAt: "2099-12-31T23:59:59Z",
  });
  issued.usage = 100; // in earlier months
  spend(issued, 2.55);
  assert.deepEqual(await getKey(issued.key), {
    label: `sk-or-v1-${issued.key.slice(9, 12)}...${issued.key.slice(-4)}`,
    limit: 10,
    limitRemaining: 7.45,
    limitReset: "monthly",
    usageDaily: 2.55,
    usageWeekly: 2.55,
    usageMonthly: 2.55,
    expiresAt: "2099-12-31T23:59:59Z",
    isFreeTier: false,
    isManagementKey: false,
    creatorUserId: "user_2yOPcMpKoQhcd4bVgSMlELRaIah",
  });
  const request = fakeOpenRouter.requests.at(-1);
  assert.equal(`${request?.method} ${request?.url}`, "GET /api/v1/key");
  assert.equal(request?.headers.authorization, `Bearer ${issued.key}`);
  assert.equal(request?.headers.cookie, undefined);
});

test("optional fields may be missing, and unknown ones are dropped", async () => {
  const { key } = fakeOpenRouter.addKey();
  const missing = Object.fromEntries(
    ["label", "limit_remaining", "limit_reset", "usage_daily", "usage_weekly", "usage_monthly"]
      .concat("expires_at", "is_free_tier", "is_management_key", "creator_user_id")
      .map((name) => [name, undefined]),
  );
  fakeOpenRouter.misbehave({ key: { answer: { fields: { ...missing, later: { added: 1 } } } } });
  assert.deepEqual(await getKey(key), { limit: null });
});

test("the server's clock is the header's, whatever the body says, and unknown where there is none", async () => {
  for (const [date, answeredAt] of [
    ["Sun, 06 Nov 1994 08:49:37 GMT", Date.UTC(1994, 10, 6, 8, 49, 37)],
    ["yesterday", undefined],
    [undefined, undefined],
  ] as const) {
    const headers = new Headers(date === undefined ? undefined : { Date: date });
    const respond = async () => Response.json({ data: { limit: null, answered_at: 5 } }, { headers });
    const keyInfo = await getCurrentKey("k", { fetch: respond, baseUrl: "https://openrouter.ai" });
    assert.equal(keyInfo.answeredAt, answeredAt);
  }
});

test("a missing limit doesn't count as no limit", async () => {
  fakeOpenRouter.misbehave({ key: { answer: { fields: { limit: undefined } } } });
  await assert.rejects(
    getKey(fakeOpenRouter.addKey().key),
    (error: OpenRouterError) => error.failure === "answer",
  );
});

test("an unknown key, an account without credits and a key at its limit are distinguished", async () => {
  const issued = fakeOpenRouter.addKey({ disabled: true });
  const details = async (answer?: WrongAnswer) => {
    fakeOpenRouter.misbehave({ key: answer ? { answer } : {} });
    const error = await getKey(issued.key).catch((error: unknown) => error);
    assert.ok(error instanceof OpenRouterError);
    return error.details;
  };
  const body = (message: string) => JSON.stringify({ error: { code: 403, message } });
  assert.deepEqual(await details(), { status: 401, withKey: true });
  assert.deepEqual(await details({ status: 402 }), { status: 402, withKey: true });
  assert.deepEqual(await details({ status: 403, body: body("Key limit exceeded (total limit).") }), {
    status: 403,
    withKey: true,
    keyLimit: true,
  });
  assert.deepEqual(await details({ status: 403, body: body("expired") }), { status: 403, withKey: true });
});

const rejecting = (error: unknown) => () => Promise.reject(error);
const caused = (code: string, message = code) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
for (const [name, error, failure] of [
  ["Node: a self-signed certificate", caused("SELF_SIGNED_CERT_IN_CHAIN"), "tls"],
  ["Node: an unknown issuer", caused("UNABLE_TO_GET_ISSUER_CERT_LOCALLY"), "tls"],
  ["Node: a leaf that can't be verified", caused("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), "tls"],
  ["Node: an expired certificate", caused("CERT_HAS_EXPIRED"), "tls"],
  ["Node: recognized by its code only", caused("ERR_SSL_WRONG_VERSION_NUMBER", "write EPROTO"), "tls"],
  ["Node: a certificate for another host", caused("ERR_TLS_CERT_ALTNAME_INVALID"), "tls"],
  ["Electron: an unknown authority", new Error("net::ERR_CERT_AUTHORITY_INVALID"), "tls"],
  ["Electron: the proxy isn't reachable", new Error("net::ERR_PROXY_CONNECTION_FAILED"), "proxy"],
  ["Electron: the proxy refuses the tunnel", new Error("net::ERR_TUNNEL_CONNECTION_FAILED"), "proxy"],
  ["Node: unknown host", caused("ENOTFOUND", "getaddrinfo ENOTFOUND openrouter.ai"), "network"],
  ["Node: connection refused", caused("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:9"), "network"],
  ["Electron: a redirect", new Error("Redirect was cancelled"), "redirected"],
  ["a browser, which gives no details", new TypeError("Failed to fetch"), "network"],
] as [string, Error, OpenRouterFailure][]) {
  test(`${name} is a "${failure}" failure`, async () => {
    await assert.rejects(
      getCurrentKey("k", { fetch: rejecting(error), baseUrl: "https://openrouter.ai" }),
      (thrown: OpenRouterError) => thrown.failure === failure,
    );
  });
}

const unknownHost = (hostname: string) =>
  new TypeError("fetch failed", {
    cause: Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: "ENOTFOUND", hostname }),
  });
for (const [host, error, failure] of [
  ["proxy.example.com", unknownHost("proxy.example.com"), "network"],
  ["proxy", unknownHost("proxy"), "network"],
  ["certs.example.com", unknownHost("certs.example.com"), "network"],
  ["cert", caused("ECONNREFUSED", "connect ECONNREFUSED CERT:443"), "network"],
  ["tls-tunnel.example.com", new Error("read https://tls-tunnel.example.com/: net::ERR_FAILED"), "network"],
  ["redirect.example.com", unknownHost("redirect.example.com"), "network"],
  ["proxy", new Error("net::ERR_PROXY_CONNECTION_FAILED"), "proxy"],
  ["cert", caused("CERT_HAS_EXPIRED"), "tls"],
  ["proxy.example.com", caused("ERR_TLS_CERT_ALTNAME_INVALID", "Host: proxy.example.com. is not"), "tls"],
  ["openrouter.ai", unknownHost("gate.corp.example"), "proxy"], // only a proxy is looked up besides the server
  ["openrouter.ai", new Error('No socket to proxies: ["PROXY gate.corp.example:8080"]'), "proxy"],
] as [string, Error, OpenRouterFailure][]) {
  const { message } = error.cause instanceof Error ? error.cause : error;
  test(`"${message}" from ${host} is a "${failure}" failure`, async () => {
    await assert.rejects(
      getCurrentKey("k", { fetch: rejecting(error), baseUrl: `https://${host}` }),
      (thrown: OpenRouterError) => thrown.failure === failure,
    );
  });
}

test("a proxy that requires authentication is a proxy failure", async () => {
  // Node's fetch hides this response, others don't.
  await assert.rejects(
    getCurrentKey("k", {
      fetch: async () => new Response("", { status: 407 }),
      baseUrl: "https://openrouter.ai",
    }),
    (error: OpenRouterError) => error.failure === "proxy",
  );
});
