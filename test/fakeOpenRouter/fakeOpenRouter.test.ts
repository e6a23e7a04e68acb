import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, test } from "node:test";
import { OpenRouter } from "@openrouter/sdk";
import * as errors from "@openrouter/sdk/models/errors";
import * as z from "zod/mini";
import type { LimitReset } from "./authRequest";
import { type FakeOpenRouter, startFakeOpenRouter } from "./fakeOpenRouter";
import { spend } from "./keys";
import type { WrongAnswer } from "./misbehaviour";

const callbackUrl = "http://localhost:3000/callback";
/** RFC 7636, appendix B. */
const codeVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const codeChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const s256 = { code_challenge: codeChallenge, code_challenge_method: "S256" };

let fakeOpenRouter: FakeOpenRouter;
let now: number;

beforeEach(async () => {
  now = Date.parse("2026-01-01T00:00:00Z");
  fakeOpenRouter = await startFakeOpenRouter({ now: () => now });
});
afterEach(() => fakeOpenRouter.close());

/** OpenRouter's official client. */
const sdk = (apiKey?: string) =>
  new OpenRouter({ serverURL: `${fakeOpenRouter.url}/api/v1`, apiKey, retryConfig: { strategy: "none" } });

const authUrl = (query: Record<string, string>) => `${fakeOpenRouter.url}/auth?${new URLSearchParams(query)}`;

const authorizedCode = async (query: Record<string, string> = { callback_url: callbackUrl, ...s256 }) => {
  await fakeOpenRouter.authorize(authUrl(query));
  assert.ok(fakeOpenRouter.lastCode);
  return fakeOpenRouter.lastCode;
};

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(fakeOpenRouter.url + path, { method: "POST", body, headers, redirect: "manual" });

const exchange = (body: unknown) => post("/api/v1/auth/keys", JSON.stringify(body));
const exchangeNew = async () =>
  exchange({ code: await authorizedCode(), code_verifier: codeVerifier, code_challenge_method: "S256" });

const keyOf = (apiKey: string) =>
  fetch(`${fakeOpenRouter.url}/api/v1/key`, { headers: { Authorization: `Bearer ${apiKey}` } });

const fields = z.record(z.string(), z.unknown());
const fieldsOf = async (response: Response) => fields.parse(await response.json());
const dataOf = async (response: Response) => fields.parse((await fieldsOf(response)).data);

/** Status and body of OpenRouter's error responses. */
const errorResponse = (status: number, message: string) => [status, { error: { code: status, message } }];
const statusAndBody = async (response: Response) => [response.status, await response.json()];

describe("the official SDK", () => {
  test("signs in", async () => {
    const pair = await sdk().oAuth.createSHA256CodeChallenge();
    const url = await sdk().oAuth.createAuthorizationUrl({
      callbackUrl,
      codeChallenge: pair.codeChallenge,
      codeChallengeMethod: "S256",
      limit: 12.5,
    });
    const callback = new URL((await fakeOpenRouter.authorize(url)) ?? "");
    const { key, userId } = await sdk().oAuth.exchangeAuthCodeForAPIKey({
      requestBody: {
        code: callback.searchParams.get("code") ?? "",
        codeVerifier: pair.codeVerifier,
        codeChallengeMethod: "S256",
      },
    });
    assert.match(key, /^sk-or-v1-[0-9a-f]{64}$/);
    assert.equal(userId, fakeOpenRouter.userId);

    const [issued] = fakeOpenRouter.keys;
    assert.ok(issued);
    assert.equal(issued.key, key);
    spend(issued, 2.5);
    const { data } = await sdk(key).apiKeys.getCurrentKeyMetadata();
    assert.equal(data.label, `${key.slice(0, 12)}...${key.slice(-4)}`);
    assert.deepEqual([data.limit, data.limitRemaining, data.usage, data.limitReset], [12.5, 10, 2.5, null]);
  });

  test("creates a code with a management key", async () => {
    const { key } = fakeOpenRouter.addKey({ isManagementKey: true });
    const expiresAt = new Date("2027-12-31T23:59:59Z");
    const { data } = await sdk(key).oAuth.createAuthCode({
      requestBody: {
        callbackUrl,
        codeChallenge,
        codeChallengeMethod: "S256",
        limit: 3,
        usageLimitType: "weekly",
        expiresAt,
      },
    });
    assert.equal(data.createdAt, "2026-01-01T00:00:00.000Z");
    const issued = await sdk().oAuth.exchangeAuthCodeForAPIKey({
      requestBody: { code: data.id, codeVerifier, codeChallengeMethod: "S256" },
    });
    const metadata = await sdk(issued.key).apiKeys.getCurrentKeyMetadata();
    assert.deepEqual(
      [metadata.data.limit, metadata.data.limitReset, metadata.data.expiresAt],
      [3, "weekly", expiresAt],
    );
  });

  test("reads the errors as its own types", async () => {
    const { key } = fakeOpenRouter.addKey();
    const body = { requestBody: { code: "unknown" } };
    await assert.rejects(sdk().oAuth.exchangeAuthCodeForAPIKey(body), errors.BadRequestResponseError);
    fakeOpenRouter.misbehave({ asInGuide: true });
    await assert.rejects(sdk().oAuth.exchangeAuthCodeForAPIKey(body), errors.ForbiddenResponseError);
    await assert.rejects(
      sdk().oAuth.exchangeAuthCodeForAPIKey({ requestBody: { code: "" } }), // as in the guide
      errors.BadRequestResponseError,
    );
    await assert.rejects(
      sdk("sk-or-v1-no").apiKeys.getCurrentKeyMetadata(),
      errors.UnauthorizedResponseError,
    );
    await assert.rejects(
      sdk(key).oAuth.createAuthCode({ requestBody: { callbackUrl } }),
      errors.ForbiddenResponseError,
    );
    fakeOpenRouter.misbehave({ key: { answer: { status: 500 } } });
    await assert.rejects(sdk(key).apiKeys.getCurrentKeyMetadata(), errors.InternalServerResponseError);
  });
});

describe("the exchange", () => {
  const wrong = errorResponse(403, "Invalid code or code_verifier");
  const method = errorResponse(400, "Invalid code_challenge_method");
  const unknown = errorResponse(400, "Invalid code");
  const bound = { callback_url: callbackUrl, ...s256 };
  const plain = { callback_url: callbackUrl, code_challenge: codeVerifier, code_challenge_method: "plain" };
  const { code_challenge_method: _, ...plainByDefault } = plain;
  const unbound = { callback_url: callbackUrl };
  const good = { code_verifier: codeVerifier, code_challenge_method: "S256" };

  for (const [name, requested, sent, expected] of [
    ["S256", bound, good, undefined],
    ["plain", plain, { code_verifier: codeVerifier, code_challenge_method: "plain" }, undefined],
    ["plain by default", plainByDefault, { code_verifier: codeVerifier }, undefined],
    ["no challenge", unbound, {}, undefined],
    ["no challenge, method null", unbound, { code_challenge_method: null }, undefined],
    ["another verifier", bound, { ...good, code_verifier: codeVerifier.toLowerCase() }, wrong],
    ["the challenge as verifier", bound, { ...good, code_verifier: codeChallenge }, wrong],
    ["another plain verifier", plain, { code_verifier: "x", code_challenge_method: "plain" }, wrong],
    ["no verifier", bound, { code_challenge_method: "S256" }, wrong],
    ["a verifier for a code without challenge", unbound, good, method],
    ["the same without a method", unbound, { code_verifier: codeVerifier }, wrong],
    ["another code", bound, { ...good, code: "auth_code_other" }, unknown],
    ["another method", bound, { ...good, code_challenge_method: "plain" }, method],
    ["no method", bound, { code_verifier: codeVerifier }, method],
    ["an unknown method", bound, { ...good, code_challenge_method: "s256" }, method],
  ] as const) {
    test(`${name}: ${expected ? expected[0] : 200}`, async () => {
      const code = await authorizedCode(requested);
      const response = await exchange({ code, ...sent });
      if (expected) assert.deepEqual(await statusAndBody(response), expected);
      else assert.equal(response.status, 200);
      assert.equal(fakeOpenRouter.keys.length, expected ? 0 : 1);
    });
  }

  test("a code works once, and survives a wrong verifier", async () => {
    const code = await authorizedCode();
    assert.deepEqual(await statusAndBody(await exchange({ ...good, code, code_verifier: "x" })), wrong);
    assert.equal((await exchange({ ...good, code })).status, 200);
    assert.deepEqual(await statusAndBody(await exchange({ ...good, code })), unknown);
    assert.equal(fakeOpenRouter.keys.length, 1);
  });

  test("as in the guide, an unknown code gets 403, and every malformed body the same error", async () => {
    fakeOpenRouter.misbehave({ asInGuide: true });
    assert.deepEqual(await statusAndBody(await exchange({ ...good, code: "unknown" })), wrong);
    const malformed = errorResponse(400, "Invalid request parameters");
    for (const body of ["", "{", "null", "[]", "code=x", "{}", '{"code":"x","code_verifier":1}']) {
      assert.deepEqual(await statusAndBody(await post("/api/v1/auth/keys", body)), malformed, body);
    }
  });

  test("a code is valid for 10 minutes", async () => {
    const inTime = await authorizedCode();
    const late = await authorizedCode();
    now += 10 * 60_000 - 1;
    assert.equal((await exchange({ ...good, code: inTime })).status, 200);
    now += 1;
    const expired = errorResponse(403, "Authorization code expired");
    assert.deepEqual(await statusAndBody(await exchange({ ...good, code: late })), expired);
  });

  test("accepts only JSON objects, and only by POST", async () => {
    const get = await fetch(`${fakeOpenRouter.url}/api/v1/auth/keys`);
    assert.equal(get.headers.get("Allow"), "POST");
    assert.deepEqual(await statusAndBody(get), errorResponse(405, "Method Not Allowed"));
    for (const body of ["", "{", "code=x"]) {
      const response = await post("/api/v1/auth/keys", body);
      assert.deepEqual([response.status, response.headers.get("Content-Type")], [400, "text/plain"], body);
      assert.match(await response.text(), /^Malformed JSON/);
    }
    for (const body of ["null", "[]", "{}", '{"code":""}', '{"code":"x","code_verifier":1}']) {
      const response = await post("/api/v1/auth/keys", body);
      const { error } = await fieldsOf(response);
      assert.deepEqual([response.status, fields.parse(error).message], [400, undefined], body);
    }
  });

  test("can be called from pages of other origins", async () => {
    const preflight = await fetch(`${fakeOpenRouter.url}/api/v1/auth/keys`, { method: "OPTIONS" });
    assert.equal(preflight.status, 204);
    assert.equal(
      preflight.headers.get("Access-Control-Allow-Headers"),
      "content-type, authorization, http-referer, x-openrouter-title, x-title, x-openrouter-categories",
    );
    assert.equal(preflight.headers.get("Access-Control-Allow-Origin"), "*");
    assert.equal((await exchange({})).headers.get("Access-Control-Allow-Origin"), "*");
  });
});

describe("/auth", () => {
  const accepted: Record<string, string>[] = [
    { callback_url: "https://example.com/cb" },
    { callback_url: "https://example.com:443/cb" },
    { callback_url: "https://example.com:3000/cb" },
    { callback_url: "http://localhost:1/cb" },
    { callback_url: "http://127.0.0.1:65535/" },
    { callback_url: "http://[::1]:1234/" },
    { callback_url: "vscode://publisher.name/cb?windowId=1" },
    { callback_url: "code-oss://publisher.name/cb" },
    { callback_url: callbackUrl, code_challenge: "x", code_challenge_method: "plain" },
    {
      callback_url: callbackUrl,
      limit: "100.0",
      usage_limit_type: "daily",
      expires_at: "2027-12-31T23:59:59.5Z",
    },
    s256,
  ];
  for (const query of accepted) {
    test(`accepts ${new URLSearchParams(query)}`, async () => {
      assert.equal((await fetch(authUrl(query))).status, 200);
    });
  }

  const rejected: Record<string, string>[] = [
    { callback_url: "" },
    { callback_url: "/cb" },
    { callback_url: "https://example.com:8443/cb" },
    { callback_url: "http://example.com/cb" },
    { callback_url: "http://127.0.0.2/cb" },
    { callback_url: "http://localhost.example.com/cb" },
    { callback_url: "javascript://localhost/%0aalert(1)" },
    { callback_url: "data:text/html,x" },
    { callback_url: "mailto:a@example.com" },
    { callback_url: callbackUrl, code_challenge_method: "S256" },
    { callback_url: callbackUrl, code_challenge: "x", code_challenge_method: "S512" },
    { callback_url: callbackUrl, limit: "-1" },
    { callback_url: callbackUrl, limit: "ten" },
    { callback_url: callbackUrl, limit: "" },
    { callback_url: callbackUrl, usage_limit_type: "yearly" },
    { callback_url: callbackUrl, expires_at: "2027-12-31T23:59Z" },
    { callback_url: callbackUrl, expires_at: "2027-13-31T23:59:59Z" },
    { callback_url: callbackUrl, key_label: "x".repeat(101) },
    { callback_url: callbackUrl, workspace_id: "mine" },
    {},
    { code_challenge: codeVerifier, code_challenge_method: "plain" },
    { code_challenge: codeChallenge },
  ];
  for (const query of rejected) {
    test(`rejects ${new URLSearchParams(query).toString() || "an empty query"}`, async () => {
      const response = await fetch(authUrl(query));
      assert.equal(response.status, 400);
      assert.doesNotMatch(await response.text(), /<form/);
      await assert.rejects(fakeOpenRouter.authorize(authUrl(query)), { name: "InvalidAuthRequest" });
      assert.equal(fakeOpenRouter.lastCode, undefined);
    });
  }

  test("shows the app and the requested terms, escaped", async () => {
    const requested = { limit: "12.5", usage_limit_type: "monthly", expires_at: "2027-12-31T23:59:59Z" };
    const url = authUrl({ callback_url: "vscode://a.b/cb", key_label: `<b>"Tom" & 'Jo'`, ...requested });
    const html = await (await fetch(url)).text();
    for (const part of [
      "<h1>Authorization Request</h1>",
      "<strong>An app</strong> is requesting to use your models",
      '<label for="credit-limit">Credit limit (optional)</label>',
      'value="12.5"',
      "USD, resets monthly",
      "31 December 2027",
      "Make sure you recognize its URL:",
      ">vscode://a.b<",
      '<button id="authorize" name="decision" value="authorize">Authorize</button>',
      '<button id="deny" name="decision" value="deny">Deny</button>',
    ]) {
      assert.ok(html.includes(part), part);
    }
    assert.ok(html.includes("&#60;b&#62;&#34;Tom&#34; &#38; &#39;Jo&#39;"));
    assert.ok(!html.includes("<b>"));
    assert.doesNotMatch(html, /approve/i);
  });

  test("shows an empty limit if none was requested, and whom it returns to", async () => {
    const html = await (await fetch(authUrl({ callback_url: callbackUrl }))).text();
    assert.match(html, /id="credit-limit"[^>]* value=""/);
    assert.match(html, />USD</);
    assert.ok(html.includes("<strong>localhost:3000</strong> is requesting to use your models"));
    assert.ok(html.includes(">http://localhost:3000<"));
    assert.match(await (await fetch(authUrl(s256))).text(), /You then copy a code into it\./);
  });

  const limits = [
    ["limit=", null],
    ["limit=+7.25+", 7.25],
    ["limit=100", 100],
    ["", 12.5],
  ] as const;
  for (const [entered, limit] of limits) {
    test(`where $12.50 was requested, the form with "${entered}" gives the key the limit ${limit}`, async () => {
      const requested = { limit: "12.5", usage_limit_type: "monthly" };
      const path = `/auth?${new URLSearchParams({ callback_url: callbackUrl, ...requested })}`;
      assert.equal((await post(path, `decision=authorize&${entered}`)).status, 302);
      await exchange({ code: fakeOpenRouter.lastCode });
      assert.deepEqual(
        fakeOpenRouter.keys.map((issued) => [issued.limit, issued.limitReset]),
        [[limit, "monthly"]],
      );
    });
  }

  test("authorize() takes a limit as the page does", async () => {
    const url = authUrl({ callback_url: callbackUrl, limit: "12.5" });
    for (const edits of [{ limit: null }, { limit: 2 }, {}]) {
      await fakeOpenRouter.authorize(url, edits);
      await exchange({ code: fakeOpenRouter.lastCode });
    }
    const granted = fakeOpenRouter.keys.map(({ limit }) => limit);
    assert.deepEqual(granted, [null, 2, 12.5]);
  });

  test("rejects a limit that is no amount, unless access is denied", async () => {
    const path = `/auth?${new URLSearchParams({ callback_url: callbackUrl })}`;
    for (const entered of ["ten", "-1", "1,5", "1e3", "NaN", "$5"]) {
      const fields = `&limit=${encodeURIComponent(entered)}`;
      const rejected = await post(path, `decision=authorize${fields}`);
      assert.equal(rejected.status, 400, entered);
      assert.match(await rejected.text(), /Invalid limit/);
      assert.equal((await post(path, `decision=deny${fields}`)).status, 302);
    }
    assert.equal(fakeOpenRouter.lastCode, undefined);
  });

  test("the form's buttons redirect, and an edited name is used", async () => {
    const path = `/auth?${new URLSearchParams({ callback_url: callbackUrl, key_label: "Requested", limit: "1" })}`;
    const authorized = await post(path, "decision=authorize&key_label=Edited+name");
    assert.equal(authorized.status, 302);
    assert.equal(authorized.headers.get("Location"), `${callbackUrl}?code=${fakeOpenRouter.lastCode}`);
    assert.equal((await exchange({ code: fakeOpenRouter.lastCode })).status, 200);
    assert.deepEqual([fakeOpenRouter.keys[0]?.label, fakeOpenRouter.keys[0]?.limit], ["Edited name", 1]);

    const denied = await post(path, "decision=deny");
    assert.deepEqual([denied.status, denied.headers.get("Location")], [302, callbackUrl]);
    assert.equal(await fakeOpenRouter.deny(fakeOpenRouter.url + path), callbackUrl);
  });

  test("a denial leads back with the callback's own query alone, and as in the guide with an error", async () => {
    for (const [callback, expected, start] of [
      [callbackUrl, callbackUrl, `${callbackUrl}?`],
      ["vscode://a.b/cb?state=%2b", "vscode://a.b/cb?state=%2b", "vscode://a.b/cb?state=%2b&"],
      ["http://localhost/cb?ü", "http://localhost/cb?%C3%BC", "http://localhost/cb?%C3%BC&"],
    ] as const) {
      const url = authUrl({ callback_url: callback });
      fakeOpenRouter.behave();
      assert.equal(await fakeOpenRouter.deny(url), expected);
      fakeOpenRouter.misbehave({ asInGuide: true });
      const reason = "error=access_denied&error_description=The%20user%20denied%20the%20request";
      assert.equal(await fakeOpenRouter.deny(url), start + reason);
    }
  });

  test("headless mode shows the code or the denial", async () => {
    const path = `/auth?${new URLSearchParams(s256)}`;
    const html = await (await post(path, "decision=authorize")).text();
    assert.equal(/<code id="code">(.*)<\/code>/.exec(html)?.[1], fakeOpenRouter.lastCode);
    const code = fakeOpenRouter.lastCode;
    assert.equal(await fakeOpenRouter.authorize(fakeOpenRouter.url + path), undefined);
    assert.notEqual(fakeOpenRouter.lastCode, code);
    assert.match(await (await post(path, "decision=deny")).text(), /id="denied"/);
    assert.equal(await fakeOpenRouter.deny(fakeOpenRouter.url + path), undefined);
    const body = { code, code_verifier: codeVerifier, code_challenge_method: "S256" };
    assert.equal((await exchange(body)).status, 200);
  });

  test("the callback's own query is kept byte for byte", async () => {
    for (const [callback, expected] of [
      [
        "https://a.example/cb?vscode-reqid=1&vscode-query=state%3Ds",
        "https://a.example/cb?vscode-reqid=1&vscode-query=state%3Ds&code=CODE",
      ],
      ["vscode://a.b/cb?x=%2b+%20&&y", "vscode://a.b/cb?x=%2b+%20&&y&code=CODE"],
      ["http://localhost?", "http://localhost?code=CODE"],
      ["http://localhost/cb?a=1&", "http://localhost/cb?a=1&code=CODE"],
      ["http://localhost/cb?a=%23#part?x", "http://localhost/cb?a=%23&code=CODE#part?x"],
      ["http://localhost/cb?code=other", "http://localhost/cb?code=other&code=CODE"],
      ["http://localhost/cb?ü=\n", "http://localhost/cb?%C3%BC=%0A&code=CODE"],
    ] as const) {
      const location = await fakeOpenRouter.authorize(authUrl({ callback_url: callback }));
      assert.equal(location?.replace(fakeOpenRouter.lastCode ?? "", "CODE"), expected);
    }
  });

  test("the state of /auth itself is only relayed when a test sets relayState", async () => {
    const url = authUrl({ callback_url: `${callbackUrl}?state=inner`, state: "outer" });
    assert.doesNotMatch((await fakeOpenRouter.authorize(url)) ?? "", /outer/);
    fakeOpenRouter.misbehave({ signIn: { relayState: true } });
    assert.equal(
      await fakeOpenRouter.authorize(url),
      `${callbackUrl}?state=inner&code=${fakeOpenRouter.lastCode}&state=outer`,
    );
    assert.equal(await fakeOpenRouter.deny(url), `${callbackUrl}?state=inner&state=outer`);
  });

  test("authorize() rejects other URLs", async () => {
    await assert.rejects(
      fakeOpenRouter.authorize("https://openrouter.ai/auth?callback_url=http://localhost"),
      /Not the fake OpenRouter/,
    );
  });
});

describe("keys", () => {
  test("GET /key accepts only usable keys", async () => {
    const issued = fakeOpenRouter.addKey({ expiresAt: new Date(now + 1000).toISOString() });
    const url = `${fakeOpenRouter.url}/api/v1/key`;
    assert.deepEqual(
      await statusAndBody(await fetch(url)),
      errorResponse(401, "Missing Authentication header"),
    );
    const notFound = errorResponse(401, "User not found.");
    assert.deepEqual(await statusAndBody(await keyOf(`${issued.key}0`)), notFound);
    assert.equal((await keyOf(issued.key)).status, 200);
    issued.disabled = true;
    assert.deepEqual(await statusAndBody(await keyOf(issued.key)), notFound);
    issued.disabled = false;
    now += 1000;
    assert.deepEqual(await statusAndBody(await keyOf(issued.key)), notFound);
  });

  test("creating a code requires a management key and a valid request", async () => {
    const create = (body: unknown, key?: string) =>
      post("/api/v1/auth/keys/code", JSON.stringify(body), key ? { Authorization: `Bearer ${key}` } : {});
    const { key } = fakeOpenRouter.addKey({ isManagementKey: true });
    const good = { callback_url: callbackUrl };
    assert.deepEqual(
      await statusAndBody(await create(good)),
      errorResponse(401, "Missing Authentication header"),
    );
    assert.deepEqual(
      await statusAndBody(await create(good, "sk-or-v1-no")),
      errorResponse(401, "User not found."),
    );
    const forbidden = errorResponse(403, "Only management keys can perform this operation");
    assert.deepEqual(await statusAndBody(await create(good, fakeOpenRouter.addKey().key)), forbidden);
    for (const bad of [
      {},
      null,
      { callback_url: "http://example.com" },
      { ...good, limit: "1" },
      { ...good, code_challenge_method: "S256" },
      { ...good, expires_at: "2027-12-31" },
    ]) {
      assert.deepEqual(
        await statusAndBody(await create(bad, key)),
        errorResponse(400, "Invalid request parameters"),
      );
    }
    assert.equal((await create({ ...good, limit: 1, expires_at: null }, key)).status, 200);
  });

  test("limit_remaining counts the usage of the current period", async () => {
    const usage = { usage: 100, usageMonthly: 7, usageWeekly: 4, usageDaily: 1, byokUsage: 2 };
    const issued = fakeOpenRouter.addKey({ limit: 10, ...usage });
    const remaining = async (limitReset: LimitReset | null) => {
      issued.limitReset = limitReset;
      return (await sdk(issued.key).apiKeys.getCurrentKeyMetadata()).data.limitRemaining;
    };
    assert.deepEqual(
      [
        await remaining(null),
        await remaining("monthly"),
        await remaining("weekly"),
        await remaining("daily"),
      ],
      [0, 3, 6, 9],
    );
    issued.includeByokInLimit = true;
    assert.equal(await remaining("daily"), 7);
    issued.limit = null;
    assert.equal(await remaining("daily"), null);
  });

  test("links to a key's pages work", async () => {
    const { key } = fakeOpenRouter.addKey({ label: "My key" });
    const hash = createHash("sha256").update(key).digest("hex");
    for (const path of [`/keys/${hash}`, `/logs?api_key_hash=${hash}`]) {
      const html = await (await fetch(fakeOpenRouter.url + path)).text();
      assert.match(html, /<h1>[^<]+<\/h1>\s+<p>My key, sk-or-v1-/);
      assert.ok(!html.includes(key));
    }
    for (const path of ["/keys", "/logs", "/credits", "/settings/keys", "/settings/privacy"]) {
      assert.equal((await fetch(fakeOpenRouter.url + path)).status, 200, path);
    }
    for (const path of [`/keys/${hash.toUpperCase()}`, "/logs?api_key_hash=0", "/credit", "/api/v1/keys"]) {
      assert.equal((await fetch(fakeOpenRouter.url + path)).status, 404, path);
    }
  });
});

describe("misbehaviour", () => {
  const exchangeWith = (answer: WrongAnswer) => {
    fakeOpenRouter.misbehave({ exchange: { answer } });
    return exchangeNew();
  };

  test("codes full of characters that need escaping arrive intact", async () => {
    for (const rewriteCallback of [false, true]) {
      fakeOpenRouter.misbehave({ signIn: { codes: "needsEscaping", rewriteCallback } });
      const location = await fakeOpenRouter.authorize(authUrl({ callback_url: `${callbackUrl}?a=%20` }));
      const query = new URL(location ?? "").searchParams;
      assert.deepEqual([...query.keys()], ["a", "code"]);
      const code = query.get("code");
      assert.match(code ?? "", /\+\/=&\?#% ü"'/);
      assert.equal(new URL(location ?? "").search.includes("a=+"), rewriteCallback);
      assert.equal((await exchange({ code })).status, 200);
    }
  });

  test("expired codes, other terms, other denials, and only the first n", async () => {
    fakeOpenRouter.misbehave({ signIn: { codes: "expired", times: 1 } });
    assert.deepEqual(
      await statusAndBody(await exchangeNew()),
      errorResponse(403, "Authorization code expired"),
    );
    assert.equal((await exchangeNew()).status, 200);

    fakeOpenRouter.misbehave({ signIn: { terms: { limit: null } } });
    const requested = { callback_url: callbackUrl, limit: "5", usage_limit_type: "daily" };
    assert.equal((await exchange({ code: await authorizedCode(requested) })).status, 200);
    const { limit, limitReset } = fakeOpenRouter.keys[1] ?? {};
    assert.deepEqual([limit, limitReset], [null, "daily"]);

    fakeOpenRouter.misbehave({ asInGuide: true, signIn: { errorDescription: null } });
    assert.equal(await fakeOpenRouter.deny(authUrl(requested)), `${callbackUrl}?error=access_denied`);
  });

  test("null user, missing key, control characters", async () => {
    assert.equal((await fieldsOf(await exchangeWith({ fields: { user_id: null } }))).user_id, null);
    assert.ok(!("key" in (await fieldsOf(await exchangeWith({ fields: { key: undefined } })))));
    assert.equal((await fieldsOf(await exchangeWith({ fields: { key: "\u0007" } }))).key, "\u0007");
    fakeOpenRouter.misbehave({ key: { answer: { fields: { limit: "lots" } } } });
    assert.equal((await dataOf(await keyOf(fakeOpenRouter.addKey().key))).limit, "lots");
    fakeOpenRouter.behave();
    fakeOpenRouter.userId = null;
    assert.equal((await fieldsOf(await exchangeNew())).user_id, null);
  });

  test("wrong types", async () => {
    assert.deepEqual(await fieldsOf(await exchangeWith("wrongTypes")), { key: 12345, user_id: 12345 });
    fakeOpenRouter.misbehave({ key: { answer: "wrongTypes" } });
    const data = await dataOf(await keyOf(fakeOpenRouter.addKey().key));
    assert.deepEqual([data.limit, data.usage, data.is_free_tier], [["not", "null"], "0", "false"]);
  });

  test("truncated, huge and HTML bodies", async () => {
    const truncated = await exchangeWith("truncated");
    assert.match(await truncated.text(), /^\{"key":"sk-or-v1-[0-9a-f]+$/);
    const huge = await exchangeWith("huge");
    assert.equal(huge.headers.get("Content-Length"), null);
    const { key, padding } = await fieldsOf(huge);
    assert.deepEqual([key, String(padding).length], [fakeOpenRouter.keys[1]?.key, 10 * 1024 * 1024]);
    const html = await exchangeWith("html");
    assert.match(html.headers.get("Content-Type") ?? "", /^text\/html/);
    assert.match(await html.text(), /^<!doctype html>/);
    assert.equal(fakeOpenRouter.keys.length, 2);
  });

  test("a status with body and headers", async () => {
    const response = await exchangeWith({ status: 429, headers: { "Retry-After": "7" } });
    assert.equal(response.headers.get("Retry-After"), "7");
    assert.deepEqual(
      await statusAndBody(response),
      errorResponse(429, "The fake OpenRouter was asked to misbehave"),
    );
    const page = "<h1>Bad gateway</h1>";
    assert.equal(await (await exchangeWith({ status: 502, body: page })).text(), page);
  });

  test("redirects", async () => {
    const response = await exchangeWith({ redirect: "https://example.com/" });
    assert.deepEqual([response.status, response.headers.get("Location")], [307, "https://example.com/"]);
    assert.equal(fakeOpenRouter.keys.length, 0);
  });

  test("a reset in the middle of the body, after the key was issued", async () => {
    fakeOpenRouter.misbehave({ exchange: { answer: "reset" } });
    await assert.rejects(
      exchangeNew().then((response) => response.text()),
      TypeError,
    );
    assert.equal(fakeOpenRouter.keys.length, 1);
  });

  test("a delay and a slow drip", async () => {
    fakeOpenRouter.misbehave({ exchange: { delay: 30 } });
    let start = performance.now();
    assert.equal((await exchangeNew()).status, 200);
    assert.ok(performance.now() - start >= 29);

    start = performance.now();
    const { key } = await fieldsOf(await exchangeWith({ drip: 3 }));
    assert.equal(key, fakeOpenRouter.keys[1]?.key);
    assert.ok(performance.now() - start >= 20); // 8 pieces
  });

  test("never responds", async () => {
    fakeOpenRouter.misbehave({ exchange: { answer: "hang" } });
    const request = new Request(`${fakeOpenRouter.url}/api/v1/auth/keys`, {
      method: "POST",
      signal: AbortSignal.timeout(30),
    });
    await assert.rejects(fetch(request), { name: "TimeoutError" });
  });

  test("per endpoint, for the first n requests, until behave() is called", async () => {
    const { key } = fakeOpenRouter.addKey();
    const statuses = async () => [
      (await fetch(authUrl(s256))).status,
      (await exchangeNew()).status,
      (await keyOf(key)).status,
    ];
    fakeOpenRouter.misbehave({
      key: { answer: { status: 503 }, times: 1 },
      auth: { answer: { status: 502 } },
    });
    assert.deepEqual(await statuses(), [502, 200, 503]);
    fakeOpenRouter.misbehave({ exchange: { answer: { status: 500 } } });
    assert.deepEqual(await statuses(), [502, 500, 200]);
    fakeOpenRouter.misbehave({ all: { answer: { status: 504 } }, auth: undefined });
    assert.deepEqual(await statuses(), [504, 500, 504]);
    fakeOpenRouter.behave();
    assert.deepEqual(await statuses(), [200, 200, 200]);
  });
});

describe("the server", () => {
  test("listens on a host that VS Code doesn't forward, or on the fallback", async () => {
    assert.match(fakeOpenRouter.url, /^http:\/\/(127\.0\.0\.2|\[::1\]):\d+$/);
    // No machine has an address of TEST-NET-1.
    const fallback = await startFakeOpenRouter({ host: "192.0.2.1" });
    assert.match(fallback.url, /^http:\/\/\[::1\]:\d+$/);
    assert.equal((await fetch(`${fallback.url}/credits`)).status, 200);
    await fallback.close();
    const taken = Number(new URL(fakeOpenRouter.url).port);
    await assert.rejects(startFakeOpenRouter({ port: taken }), { code: "EADDRINUSE" });
  });

  test("serves everything below a path, as behind a gateway, and nothing beside it", async (context) => {
    const gateway = await startFakeOpenRouter({ path: "/gateway" });
    context.after(() => gateway.close());
    assert.equal(gateway.url, `${new URL(gateway.url).origin}/gateway`);
    const { key } = gateway.addKey();
    const headers = { Authorization: `Bearer ${key}` };
    assert.equal((await fetch(`${gateway.url}/api/v1/key`, { headers })).status, 200);
    await gateway.authorize(`${gateway.url}/auth?${new URLSearchParams(s256)}`);
    assert.ok(gateway.lastCode);
    for (const path of ["/api/v1/key", "/gatewayapi/v1/key", "/gateway//api/v1/key"]) {
      assert.equal((await fetch(new URL(gateway.url).origin + path, { headers })).status, 404, path);
    }
  });

  test("records requests byte for byte", async () => {
    const { hostname, port } = new URL(fakeOpenRouter.url);
    const target = "/auth?a=%2b+%2B&b=[x]|'%7e&&";
    const socket = connect(Number(port), hostname.replace(/[[\]]/g, ""));
    socket.write(
      `POST ${target} HTTP/1.1\r\nHost: x\r\nX-Test: 1\r\nConnection: close\r\nContent-Length: 3\r\n\r\na=b`,
    );
    await new Promise((resolve) => socket.on("close", resolve).resume());
    const [recorded] = fakeOpenRouter.requests;
    assert.deepEqual(
      [recorded?.method, recorded?.url, recorded?.headers["x-test"], recorded?.body, recorded?.at],
      ["POST", target, "1", "a=b", now],
    );
    await fetch(`${fakeOpenRouter.url}/credits`);
    assert.deepEqual(Object.keys(fakeOpenRouter.requests[1] ?? {}), ["method", "url", "headers", "at"]);
  });

  test("close() ends pending requests, and can be called again", async () => {
    fakeOpenRouter.misbehave({
      auth: { answer: "hang" },
      key: { delay: 1e6 },
      exchange: { answer: { drip: 1e6 } },
    });
    const pending = [fetch(authUrl(s256)), keyOf("x"), exchangeNew().then((response) => response.text())];
    const outcomes = Promise.allSettled(pending);
    while (fakeOpenRouter.requests.length < 3) await new Promise(setImmediate);
    await fakeOpenRouter.close();
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
    );
    await fakeOpenRouter.close();
    await assert.rejects(fetch(fakeOpenRouter.url), TypeError);
  });
});
