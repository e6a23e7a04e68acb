import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { formatUsd } from "../../../src/common/usd";
import { maskApiKey, sha256Hex } from "../../../src/openrouter/apiKey";

test("a key is masked like OpenRouter masks it", () => {
  const key = "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";
  assert.equal(maskApiKey(key), "sk-or-v1-0e6...1c96");
});

for (const [key, mask] of [
  ["sk-or-v1-0123456789abcdef0123", "sk-or-v1-012...0123"], // the shortest key of which characters are shown
  ["sk-or-v1-0123456789abcdef012", "sk-or-v1-..."],
  ["0123456789abcdef0123456789", "012...6789"], // from a gateway
  ["sk-or-v12-0123456789abcdef0123", "sk-or-v12-012...0123"],
  ["abc", "..."],
  ["sk-or-v1-0123456789abcdef$(a)", "sk-or-v1-012...$\u2060(a)"], // VS Code would draw an icon
  [`sk-or-v${"1".repeat(1000)}-0123456789abcdef0123`, "sk-...0123"],
] as const) {
  test(`${key.slice(0, 40)} is masked as ${mask}`, () => assert.equal(maskApiKey(key), mask));
}

test("a mask reveals at most seven characters of a key, and none of a short one", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."abcdef0123456789-") }), (key) => {
      const revealed = maskApiKey(key).replace("...", "").length;
      assert.ok(revealed === 0 || (revealed === 7 && key.length >= 20), `${revealed} of ${key.length}`);
    }),
  );
});

test("the hash is SHA-256 in lowercase hex", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) =>
      assert.equal(await sha256Hex(text), createHash("sha256").update(text, "utf8").digest("hex")),
    ),
  );
});

test("amounts have cents, and keep smaller fractions", () => {
  assert.equal(formatUsd("12.5", "en"), "$12.50");
  assert.equal(formatUsd(0, "en"), "$0.00");
  assert.equal(formatUsd(0.000001, "en"), "$0.000001");
  assert.equal(formatUsd("1000", "en"), "$1,000.00");
  assert.equal(formatUsd(12.5, "de"), "12,50\u00a0$");
});
