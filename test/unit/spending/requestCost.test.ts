import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ledgerText, parseLedgerText } from "../../../src/spending/ledgerFile";
import { requestAmounts } from "../../../src/spending/requestCost";
import { spender } from "./anySpending";

test("whatever numbers a request comes with, what is kept of it can be read again", () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 1e300, Number.NaN));
  const anyRequest = fc.record({
    promptTokens: number,
    cachedTokens: number,
    completionTokens: number,
    reasoningTokens: number,
    cost: number,
    upstreamCost: number,
    isEstimate: fc.boolean(),
  });
  fc.assert(
    fc.property(anyRequest, (request) => {
      const page = { rows: [{ ...spender(), ...requestAmounts(request) }], covers: [] };
      assert.deepEqual(parseLedgerText(ledgerText(page)), page);
    }),
  );
});
