import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { CallbackUrlNotAccepted, type ToolKeyTerms, toolKeyPage } from "../../../src/tools/toolKeyRequest";
import { type FakeOpenRouter, startFakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import { anyText, urlQuery } from "../arbitraries";

let fakeOpenRouter: FakeOpenRouter;
before(async () => {
  fakeOpenRouter = await startFakeOpenRouter();
});
after(() => fakeOpenRouter.close());

const callbackUrl = "vscode://saoudrizwan.claude-dev/openrouter?windowId=1";
const exchange = (body: object) =>
  fetch(`${fakeOpenRouter.url}/api/v1/auth/keys`, { method: "POST", body: JSON.stringify(body) });

test("the page returns to the extension with a code, which is exchanged without a verifier for a key with these terms", async () => {
  const expiresAt = "2999-12-31T23:59:59Z";
  const terms: ToolKeyTerms = { keyLabel: "Cline", limit: "5", usageLimitType: "weekly", expiresAt };
  const returned = await fakeOpenRouter.authorize(toolKeyPage(fakeOpenRouter.url, callbackUrl)(terms));
  const code = new URL(returned ?? "").searchParams.get("code");
  assert.equal(returned, `${callbackUrl}&code=${code}`);
  assert.equal((await exchange({ code })).status, 200);
  const { label, limit, limitReset, expiresAt: end } = fakeOpenRouter.keys.at(-1) ?? {};
  assert.deepEqual([label, limit, limitReset], ["Cline", 5, "weekly"]);
  assert.equal(Date.parse(end ?? ""), Date.parse(expiresAt));
});

test("without a limit, the key has none", async () => {
  const returned = await fakeOpenRouter.authorize(
    toolKeyPage(fakeOpenRouter.url, callbackUrl)({ keyLabel: "Zoo Code" }),
  );
  await exchange({ code: new URL(returned ?? "").searchParams.get("code") });
  const { label, limit, limitReset, expiresAt } = fakeOpenRouter.keys.at(-1) ?? {};
  assert.deepEqual([label, limit, limitReset, expiresAt], ["Zoo Code", null, null, null]);
});

const callbackUrls = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("vscode", "vscode-insiders", "vscodium", "cursor", "windsurf", "code-oss"),
      urlQuery,
    )
    .map(([scheme, query]) => `${scheme}://saoudrizwan.claude-dev/openrouter?${query}`),
  urlQuery.map((query) => `https://vscode.dev/callback?${query}`),
  urlQuery.map((query) => `http://localhost:8080/callback?${query}`),
);

test("the page's URL has the callback URL and the label as they are, and no challenge", () => {
  fc.assert(
    fc.property(callbackUrls, anyText({ maxLength: 50 }), (callback, keyLabel) => {
      const { origin, pathname, searchParams } = new URL(
        toolKeyPage("https://openrouter.ai", callback)({ keyLabel, limit: "0.5" }),
      );
      assert.equal(origin + pathname, "https://openrouter.ai/auth");
      assert.deepEqual(Object.fromEntries(searchParams), {
        callback_url: callback,
        limit: "0.5",
        key_label: keyLabel,
      });
    }),
  );
});

for (const url of [
  "",
  "http://code.example/callback",
  "http://192.168.0.1:8080/callback",
  "https://code.example:8443/callback",
  "://saoudrizwan.claude-dev/openrouter",
  "file:///openrouter",
]) {
  test(`OpenRouter can't return to ${JSON.stringify(url)}, which is known before there are terms`, () => {
    assert.throws(() => toolKeyPage("https://openrouter.ai", url), CallbackUrlNotAccepted);
  });
}
