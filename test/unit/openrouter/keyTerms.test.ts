import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { KeyInfo } from "../../../src/openrouter/keyInfo";
import type { KeyTerms } from "../../../src/openrouter/keyTerms";
import {
  grantedTerms,
  isLowered,
  requestedTerms,
  sameTerms,
  type Terms,
} from "../../../src/openrouter/terms";

const expiresAt = "2027-12-31T23:59:59Z";
for (const [name, requested, granted, same] of [
  ["nothing requested, nothing granted", {}, {}, true],
  ["the requested limit", { limit: "12.5" }, { limit: 12.5 }, true],
  ["a limit with a rounding error", { limit: "0.3" }, { limit: 0.1 + 0.2 }, true],
  ["the limit was ignored", { limit: "12.5" }, { limit: null }, false],
  ["another limit", { limit: "12.5" }, { limit: 5 }, false],
  ["a requested limit of zero is not the same as none", { limit: "0" }, { limit: null }, false],
  ["a limit that wasn't requested", {}, { limit: 5 }, false],
  ["limit and reset", { limit: "1", usageLimitType: "monthly" }, { limit: 1, limitReset: "monthly" }, true],
  ["the reset was ignored", { limit: "1", usageLimitType: "monthly" }, { limit: 1, limitReset: null }, false],
  ["the reset is missing", { limit: "1", usageLimitType: "monthly" }, { limit: 1 }, false],
  ["another reset", { limit: "1", usageLimitType: "daily" }, { limit: 1, limitReset: "weekly" }, false],
  ["a reset without a limit is ignored", {}, { limit: null, limitReset: "monthly" }, true],
  ["the expiry, with milliseconds", { expiresAt }, { expiresAt: "2027-12-31T23:59:59.000Z" }, true],
  ["the expiry, to the minute", { expiresAt }, { expiresAt: "2027-12-31T23:59:00Z" }, true],
  ["an expiry a minute later", { expiresAt }, { expiresAt: "2028-01-01T00:00:59Z" }, false],
  ["the expiry, in another time zone", { expiresAt }, { expiresAt: "2028-01-01T00:59:59+01:00" }, true],
  ["the expiry was ignored", { expiresAt }, { expiresAt: null }, false],
  ["another expiry", { expiresAt }, { expiresAt: "2028-01-31T23:59:59Z" }, false],
  ["an expiry that wasn't requested", {}, { expiresAt }, false],
  ["an invalid expiry", { expiresAt }, { expiresAt: "later" }, false],
  ["the user may change the label", { keyLabel: "VS Code" }, { label: "sk-or-v1-0e6...1c96" }, true],
] as [string, KeyTerms, Partial<KeyInfo>, boolean][]) {
  test(`${name}: ${same ? "same" : "different"} terms`, () => {
    assert.equal(sameTerms(requestedTerms(requested), grantedTerms({ limit: null, ...granted })), same);
  });
}

const anyTerms: fc.Arbitrary<Terms> = fc.record({
  limit: fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined }),
  reset: fc.constantFrom(undefined, "daily", "monthly"),
  expiresAt: fc.constantFrom(undefined, Date.parse(expiresAt), Number.NaN),
});

test("a lowered limit is lower than what was requested, or set where none was, and all else is as requested", () => {
  fc.assert(
    fc.property(anyTerms, anyTerms, (requested, granted) => {
      if (!isLowered(requested, granted)) return;
      assert.ok(
        granted.limit !== undefined && !(granted.limit >= (requested.limit ?? Number.POSITIVE_INFINITY)),
      );
      assert.ok(sameTerms({ ...requested, limit: undefined }, { ...granted, limit: undefined }));
    }),
  );
  fc.assert(
    fc.property(
      anyTerms,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (requested, share) => {
        fc.pre(!Number.isNaN(requested.expiresAt));
        const limit = (requested.limit ?? 1) * share;
        fc.pre(requested.limit === undefined || limit < requested.limit);
        assert.ok(isLowered(requested, { ...requested, limit }));
        assert.ok(!isLowered({ ...requested, limit }, requested));
      },
    ),
  );
});
