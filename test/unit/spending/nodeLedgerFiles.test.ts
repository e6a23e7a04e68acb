import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nodeLedgerFiles } from "../../../src/spending/nodeLedgerFiles";

test("a write that fails leaves nothing", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "ledger-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "taken")); // no file can have its name
  await assert.rejects(nodeLedgerFiles(folder).create("taken", "{}"));
  assert.deepEqual(readdirSync(folder), ["taken"]);
});
