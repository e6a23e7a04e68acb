import assert from "node:assert/strict";
import { test } from "node:test";
import { HTTPClient, OpenRouter } from "@openrouter/sdk";
import fc from "fast-check";
import { calculatePKCECodeChallenge } from "oauth4webapi";
import * as z from "zod/mini";
import {
  authKeysCodeBody,
  authorizationUrl,
  HeadlessAuthKeysCodeRequest,
  PostAuthKeysCodeRequest,
} from "../../../src/openrouter/authorizationRequest";
import { url, urlQuery } from "../arbitraries";

const callbackUrl = "vscode://connect-openrouter.connect-openrouter/callback?state=a_b-c&windowId=2";
const codeChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const workspaceId = "6f1d1a39-8d5f-4f0c-8f0a-3b1f4c6c2e11";

/** The names of the invalid fields. */
function invalidFields(input: unknown): string[] {
  const result = z.safeParse(PostAuthKeysCodeRequest, input);
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join("."));
}

test("the PKCE challenge matches RFC 7636, appendix B", async () => {
  assert.equal(
    await calculatePKCECodeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    codeChallenge,
  );
});

for (const url of [
  "https://example.com/callback",
  "https://example.com:443/callback",
  "https://example.com:3000/callback?state=x",
  "http://localhost:1/",
  "http://127.0.0.1:65535/callback",
  "http://[::1]:8080/callback",
  "vscode://publisher.name/callback",
  "vscode-insiders://publisher.name/callback?windowId=1",
  "com.example.app:/callback",
  "com.example.data:/callback",
]) {
  test(`callback URL ${url} is accepted`, () => assert.deepEqual(invalidFields({ callbackUrl: url }), []));
}

for (const url of [
  "",
  "callback",
  "//example.com/callback",
  "http://example.com/callback",
  "http://localhost.example.com/callback",
  "http://127.0.0.1.example.com/callback",
  "http://10.0.0.1:3000/callback",
  "https://example.com:8443/callback",
  "https://user@example.com/callback",
  "https://user:password@example.com/callback",
  "vscode://user@publisher.name/callback",
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  "JavaScript:alert(1)",
  "data:text/html,x",
  "file:///etc/passwd",
  "ftp://example.com/",
  "blob:https://example.com/1",
  " https://example.com/callback",
  42,
  undefined,
]) {
  test(`callback URL ${JSON.stringify(url)} is rejected`, () =>
    assert.deepEqual(invalidFields({ callbackUrl: url }), ["callbackUrl"]));
}

for (const limit of ["0", "100.0", "12.5", "0.000001", "999999999999999"]) {
  test(`limit ${limit} is accepted`, () => assert.deepEqual(invalidFields({ callbackUrl, limit }), []));
}

for (const limit of [
  "",
  "-1",
  "-0.5",
  "NaN",
  "Infinity",
  "1e3",
  "1E-3",
  "0.0000001",
  "1,5",
  "$5",
  " 5",
  "5.",
  ".5",
  "1".repeat(400),
  5,
]) {
  test(`limit ${JSON.stringify(limit).slice(0, 20)} is rejected`, () =>
    assert.deepEqual(invalidFields({ callbackUrl, limit }), ["limit"]));
}

for (const [name, fields, expected] of [
  ["a label of 100 characters", { keyLabel: "x".repeat(100) }, []],
  ["a label of 101 characters", { keyLabel: "x".repeat(101) }, ["keyLabel"]],
  ["an expiry with seconds", { expiresAt: "2999-12-31T23:59:59Z" }, []],
  ["an expiry with fractions", { expiresAt: "2999-12-31T23:59:59.123Z" }, []],
  ["an expiry without seconds", { expiresAt: "2999-12-31T23:59Z" }, ["expiresAt"]],
  ["an expiry with an offset", { expiresAt: "2999-12-31T23:59:59+02:00" }, ["expiresAt"]],
  ["an expiry with extra text", { expiresAt: "2999-12-31T23:59:59Z (UTC)" }, ["expiresAt"]],
  ["an expiry with a long year", { expiresAt: "+012999-12-31T23:59:59Z" }, ["expiresAt"]],
  ["an expiry that is not a date", { expiresAt: "2999-13-45T23:59:59Z" }, ["expiresAt"]],
  ["an expiry in the past", { expiresAt: "2020-12-31T23:59:59Z" }, ["expiresAt"]],
  ["a method without a challenge", { codeChallengeMethod: "S256" }, ["codeChallengeMethod"]],
  ["an unknown method", { codeChallenge, codeChallengeMethod: "S512" }, ["codeChallengeMethod"]],
  ["an empty challenge", { codeChallenge: "" }, ["codeChallenge"]],
  ["a daily reset", { usageLimitType: "daily" }, []],
  ["an unknown reset", { usageLimitType: "yearly" }, ["usageLimitType"]],
  ["a workspace that is not a UUID", { workspaceId: "mine" }, ["workspaceId"]],
  ["a UUID with a trailing character", { workspaceId: `${workspaceId}0` }, ["workspaceId"]],
  ["a UUID with a leading character", { workspaceId: `0${workspaceId}` }, ["workspaceId"]],
] as const) {
  test(`${name} is ${expected.length ? "rejected" : "accepted"}`, () =>
    assert.deepEqual(invalidFields({ callbackUrl, ...fields }), expected));
}

test("every error except that of a wrong type says what is expected", () => {
  const result = z.safeParse(PostAuthKeysCodeRequest, {
    callbackUrl: "http://x.org",
    limit: "-1",
    keyLabel: "x".repeat(101),
    expiresAt: "2020-12-31T23:59:59Z",
    codeChallenge: "",
    workspaceId: "mine",
  });
  assert.deepEqual(
    result.error?.issues.map((issue) => issue.message),
    [
      "must be https on port 443 or 3000, http on a loopback address, or an application's own scheme",
      "must not be empty",
      "must be a decimal in USD such as 12.5, with at most six decimals",
      "must have at most 100 characters",
      "must be in the future",
      "must be a UUID",
    ],
  );
});

for (const [schema, fields, message] of [
  [PostAuthKeysCodeRequest, { codeChallengeMethod: "S512" }, "must be S256 or plain"],
  [PostAuthKeysCodeRequest, { codeChallengeMethod: "S256" }, "needs a codeChallenge"],
  [PostAuthKeysCodeRequest, { usageLimitType: "yearly" }, "must be daily, weekly or monthly"],
  [
    PostAuthKeysCodeRequest,
    { expiresAt: "tomorrow" },
    "must be a UTC time with seconds such as 2027-12-31T23:59:59Z",
  ],
  [HeadlessAuthKeysCodeRequest, { codeChallenge: "", codeChallengeMethod: "S256" }, "must not be empty"],
  [
    HeadlessAuthKeysCodeRequest,
    { codeChallenge, codeChallengeMethod: "plain" },
    "must be S256 where there is no callback URL",
  ],
] as const) {
  test(`${JSON.stringify(fields)} ${message}`, () => {
    const result = z.safeParse(schema, { callbackUrl, ...fields });
    assert.deepEqual(
      result.error?.issues.map((issue) => issue.message),
      [message],
    );
  });
}

test("a key can't expire right now", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: Date.UTC(2999, 0, 1) });
  assert.deepEqual(invalidFields({ callbackUrl, expiresAt: "2999-01-01T00:00:00Z" }), ["expiresAt"]);
  assert.deepEqual(invalidFields({ callbackUrl, expiresAt: "2999-01-01T00:00:01Z" }), []);
});

test("without a callback URL an S256 challenge is required", () => {
  const parse = (input: unknown) => z.safeParse(HeadlessAuthKeysCodeRequest, input).success;
  assert.equal(parse({ codeChallenge, codeChallengeMethod: "S256", keyLabel: "VS Code" }), true);
  assert.equal(parse({ codeChallenge, codeChallengeMethod: "plain" }), false);
  assert.equal(parse({ codeChallengeMethod: "S256" }), false);
  assert.equal(parse({ codeChallenge: "", codeChallengeMethod: "S256" }), false);
});

const sdk = new OpenRouter({ apiKey: "unused", serverURL: "https://openrouter.ai/api/v1" });

/** Requests with the fields that both the SDK's URL builder and ours support. */
const requests = fc.record(
  {
    callbackUrl: fc.oneof(
      url("https"),
      urlQuery.map((query) => `code-oss://connect-openrouter.connect-openrouter/callback?${query}`),
    ),
    codeChallenge: fc.stringMatching(/^[\w-]{43}$/),
    codeChallengeMethod: fc.constantFrom("S256" as const, "plain" as const),
    limit: fc
      .tuple(fc.nat(1_000_000), fc.nat(999_999))
      .map(([usd, micros]) => `${usd}.${String(micros).padStart(6, "0")}`),
  },
  { requiredKeys: ["callbackUrl", "codeChallenge", "codeChallengeMethod"] },
);

test("the /auth URL is the one that the official SDK builds", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      assert.deepEqual(invalidFields(request), []);
      const { limit, ...rest } = request;
      const expected = await sdk.oAuth.createAuthorizationUrl({
        ...rest,
        ...(limit && { limit: Number(limit) }),
      });
      assert.equal(authorizationUrl("https://openrouter.ai", request), expected);
    }),
  );
});

test("the /auth URL has the fields that the SDK doesn't support, and keeps the base URL's path", () => {
  const request = PostAuthKeysCodeRequest.parse({
    callbackUrl,
    keyLabel: "VS Code & more",
    usageLimitType: "monthly",
    expiresAt: "2999-12-31T23:59:59Z",
    workspaceId: "6f1d1a39-8d5f-4f0c-8f0a-3b1f4c6c2e11",
  });
  assert.equal(
    authorizationUrl("https://gateway.example/openrouter", request),
    "https://gateway.example/openrouter/auth?callback_url=vscode%3A%2F%2Fconnect-openrouter.connect-openrouter%2Fcallback%3Fstate%3Da_b-c%26windowId%3D2" +
      "&key_label=VS+Code+%26+more&usage_limit_type=monthly&expires_at=2999-12-31T23%3A59%3A59.000Z&workspace_id=6f1d1a39-8d5f-4f0c-8f0a-3b1f4c6c2e11",
  );
});

test("the body of /auth/keys/code is the one that the official SDK sends", async () => {
  let sent: unknown;
  const client = new OpenRouter({
    apiKey: "unused",
    httpClient: new HTTPClient({
      fetcher: async (input, init) => {
        sent = await new Request(input, init).json();
        return Response.json({ data: { id: "code", app_id: 1, created_at: "2025-08-24T10:30:00Z" } });
      },
    }),
  });
  const request = PostAuthKeysCodeRequest.parse({
    callbackUrl,
    codeChallenge,
    codeChallengeMethod: "S256",
    limit: "100.0",
    keyLabel: "VS Code",
    usageLimitType: "weekly",
    expiresAt: "2999-12-31T23:59:59Z",
    workspaceId: "6f1d1a39-8d5f-4f0c-8f0a-3b1f4c6c2e11",
  });
  const { limit, expiresAt, ...rest } = request;
  await client.oAuth.createAuthCode({
    requestBody: { ...rest, limit: Number(limit), expiresAt: new Date(expiresAt ?? 0) },
  });
  assert.deepEqual(authKeysCodeBody(request), sent);
});
