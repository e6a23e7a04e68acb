import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, test } from "node:test";
import { noAmounts, sum } from "../../../src/spending/amounts";
import { Ledger } from "../../../src/spending/ledger";
import { nodeLedgerFiles } from "../../../src/spending/nodeLedgerFiles";
import { request, spender } from "./anySpending";

const open = (folder: string) =>
  new Ledger(nodeLedgerFiles(folder), { now: Date.now, log: { warn: (text) => assert.fail(text) } });

/** The window of this process, if it's one of those that are killed: spends without an end, and says what is kept. */
async function spendForever(folder: string): Promise<void> {
  const ledger = open(folder);
  // So many that a write takes as long as what is between two of them.
  for (let i = 0; i < 1000; i++) void ledger.begin(spender("a.b", `model-${i}`), noAmounts).end(noAmounts);
  for (;;) {
    await ledger.begin(spender("a.b"), noAmounts).end(request(1));
    process.stdout.write("kept\n");
  }
}

const folders: string[] = [];
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A process that spends until it has kept so many requests, and then is killed at once. Returns how many it has kept. */
async function spendAndDie(folder: string, count: number): Promise<number> {
  const child = spawn(process.execPath, [__filename, folder], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  let kept = 0;
  createInterface(child.stdout).on("line", () => {
    if (++kept === count) child.kill("SIGKILL");
  });
  await once(child, "close");
  return kept;
}

if (process.argv[2]) void spendForever(process.argv[2]);
else
  test("processes that are killed while they write lose at most the request that they were writing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ledger-"));
    folders.push(folder);
    let kept = 0;
    let killed = 0;
    for (const counts of [
      [7, 20, 33],
      [50, 3, 21],
      [1, 14, 40],
    ]) {
      const results = await Promise.all(counts.map((count) => spendAndDie(folder, count)));
      killed += counts.length;
      kept += results.reduce((all, one) => all + one, 0);
      const ledger = open(folder);
      const { cost, requests } = sum(await ledger.read(""));
      // Each may have been killed after it wrote, and before it could say so.
      assert.ok(cost >= kept && cost <= kept + killed, `${cost} of ${kept}`);
      assert.ok(requests >= cost && requests <= cost + killed);
      kept = cost;
      killed = 0;
    }
    assert.ok(readdirSync(folder).length >= 9);
  });
