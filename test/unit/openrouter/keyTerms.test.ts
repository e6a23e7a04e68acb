import assert from "node:assert/strict";
import { test } from "node:test";
import type { KeyInfo } from "../../../src/openrouter/keyInfo";
import type { KeyTerms } from "../../../src/openrouter/keyTerms";
import { grantedTerms, requestedTerms, sameTerms } from "../../../src/openrouter/keyTerms";

const expiresAt = "2027-12-31T23:59:59Z";
for (const [name, asked, granted, same] of [
  ["nothing asked, nothing given", {}, {}, true],
  ["the limit that was asked for", { limit: "12.5" }, { limit: 12.5 }, true],
  ["a limit with digits that a number can't hold", { limit: "0.3" }, { limit: 0.1 + 0.2 }, true],
  ["the limit ignored", { limit: "12.5" }, { limit: null }, false],
  ["another limit", { limit: "12.5" }, { limit: 5 }, false],
  ["a limit of nothing is a limit", { limit: "0" }, { limit: null }, false],
  ["a limit that nobody asked for", {}, { limit: 5 }, false],
  ["limit and reset", { limit: "1", usageLimitType: "monthly" }, { limit: 1, limitReset: "monthly" }, true],
  ["the reset ignored", { limit: "1", usageLimitType: "monthly" }, { limit: 1, limitReset: null }, false],
  ["the reset not told", { limit: "1", usageLimitType: "monthly" }, { limit: 1 }, false],
  ["another reset", { limit: "1", usageLimitType: "daily" }, { limit: 1, limitReset: "weekly" }, false],
  ["a reset of no limit is none", {}, { limit: null, limitReset: "monthly" }, true],
  ["the expiry, with milliseconds", { expiresAt }, { expiresAt: "2027-12-31T23:59:59.000Z" }, true],
  ["the expiry, to the minute", { expiresAt }, { expiresAt: "2027-12-31T23:59:00Z" }, true],
  ["a minute more", { expiresAt }, { expiresAt: "2028-01-01T00:00:59Z" }, false],
  ["the expiry, in another zone", { expiresAt }, { expiresAt: "2028-01-01T00:59:59+01:00" }, true],
  ["the expiry ignored", { expiresAt }, { expiresAt: null }, false],
  ["another expiry", { expiresAt }, { expiresAt: "2028-01-31T23:59:59Z" }, false],
  ["an expiry that nobody asked for", {}, { expiresAt }, false],
  ["an expiry that is no time", { expiresAt }, { expiresAt: "later" }, false],
  ["the label is the person's to change", { keyLabel: "VS Code" }, { label: "sk-or-v1-0e6...1c96" }, true],
] as [string, KeyTerms, Partial<KeyInfo>, boolean][]) {
  test(`${name}: ${same ? "the same" : "a difference"}`, () => {
    assert.equal(sameTerms(requestedTerms(asked), grantedTerms({ limit: null, ...granted })), same);
  });
}
