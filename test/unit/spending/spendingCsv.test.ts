import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { spent } from "../../../src/spending/amounts";
import type { Spending } from "../../../src/spending/spending";
import { spendingCsv } from "../../../src/spending/spendingCsv";
import { anyText } from "../arbitraries";
import { anySpendings, spending } from "./reportSpendings";

/** The records of a CSV file, by RFC 4180, section 2. Throws where it isn't one. */
function parse(csv: string): string[][] {
  const records: string[][] = [];
  let rest = csv;
  while (rest !== "") {
    const record: string[] = [];
    for (;;) {
      const [whole, text = "", end] =
        /^("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/.exec(rest) ?? assert.fail(`No cell: ${rest.slice(0, 50)}`);
      record.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
      rest = rest.slice(whole.length);
      if (end === "\r\n") break;
    }
    records.push(record);
  }
  return records;
}

const rows = (spendings: readonly Spending[]) => parse(spendingCsv(spendings)).slice(1);

test("a file has a line for each day, extension, and model, with all that was kept of them", () => {
  const first = spending({
    ...{ day: "2026-11-01", requests: 3, estimatedRequests: 1, promptTokens: 100, cachedTokens: 20 },
    ...{
      completionTokens: 30,
      reasoningTokens: 7,
      cost: 12_345_678_901,
      estimatedCost: 1,
      upstreamCost: 5e8,
    },
  });
  const csv = spendingCsv([spending({ model: "x/z" }), spending({ model: "x/y" }), first]);
  assert.equal(
    csv,
    [
      "day,extension,model,requests,requests_with_estimated_cost,input_tokens,cached_input_tokens,output_tokens,reasoning_tokens,cost_usd,estimated_part_of_cost_usd,provider_keys_cost_usd",
      "2026-11-01,a.a,openai/gpt,3,1,100,20,30,7,12.345678901,0.000000001,0.5",
      "2026-11-27,a.a,x/y,1,0,0,0,0,0,0,0,0",
      "2026-11-27,a.a,x/z,1,0,0,0,0,0,0,0,0",
      "",
    ].join("\r\n"),
  );
});

test("what was spent with several keys is one line", () => {
  const spendings = [spending({ cost: 1e9 }), spending({ key: "another", cost: 2e9 })];
  assert.deepEqual(
    rows(spendings).map((row) => row[9]),
    ["3"],
  );
});

test("the costs of a file add up to what was spent, to the billionth", () => {
  fc.assert(
    fc.property(anySpendings, (spendings) => {
      const billionths = (usd = "") => {
        assert.match(usd, /^\d+(\.\d*[1-9])?$/);
        const [whole = "", decimals = ""] = usd.split(".");
        return Number(whole + decimals.padEnd(9, "0"));
      };
      const total = rows(spendings).reduce((sum, row) => sum + billionths(row[9]) + billionths(row[11]), 0);
      assert.equal(
        total,
        spendings.reduce((sum, amounts) => sum + spent(amounts), 0),
      );
    }),
  );
});

const hostile = fc
  .tuple(
    fc.constantFrom("", " ", "\t", "\r\n", "'", '"'),
    fc.constantFrom(..."=+-@＝＋－＠", "", "a"),
    fc.oneof(
      anyText(),
      fc.constantFrom('cmd|" /C calc"!A0', 'HYPERLINK("https://evil.test")', 'x",=1+1,"\r\n=2'),
    ),
  )
  .map((parts) => parts.join(""));

test("whatever the names are, a reader gets them back, and no spreadsheet a formula", () => {
  fc.assert(
    fc.property(hostile, hostile, (extension, model) => {
      const cells = rows([spending({ extension, model })]);
      assert.equal(cells.length, 1);
      assert.equal(cells[0]?.length, 12);
      for (const [cell, text] of [
        [cells[0]?.[1], extension],
        [cells[0]?.[2], model],
      ] as const) {
        assert.ok(cell === text || cell === `'${text}`);
        assert.doesNotMatch(cell, /^[\s"]*[=+\-@＝＋－＠]|^[\t\r\n]/);
      }
    }),
    { numRuns: 1000 },
  );
});
