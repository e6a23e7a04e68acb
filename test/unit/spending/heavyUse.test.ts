import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sum } from "../../../src/spending/amounts";
import { Ledger } from "../../../src/spending/ledger";
import { nodeLedgerFiles } from "../../../src/spending/nodeLedgerFiles";
import { writeHeavyUse } from "../../fakes/heavyUse";

const folder = mkdtempSync(join(tmpdir(), "ledger-"));
after(() => rmSync(folder, { recursive: true }));

test("1,000 requests a day by 20 extensions take at most 2 MB, and none of the last 90 days is lost", async () => {
  writeHeavyUse(folder, "2026-11-27", 100);
  const now = () => Date.UTC(2026, 10, 27, 12);
  const ledger = new Ledger(nodeLedgerFiles(folder), { now, log: { warn: (text) => assert.fail(text) } });
  const { requests } = sum(await ledger.read(""));
  assert.equal(requests, 90_000);
  const files = readdirSync(folder);
  // One for each former day, and those of the two days that windows may still write.
  assert.equal(files.length, 88 + 2 * 8);
  const bytes = files.reduce((total, file) => total + statSync(join(folder, file)).size, 0);
  assert.ok(bytes <= 2_000_000, `${bytes} bytes`);
});
