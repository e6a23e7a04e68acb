import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { fromUsd, noAmounts } from "../../../src/spending/amounts";
import { ledgerText } from "../../../src/spending/ledgerFile";
import { RecentSpending } from "../../../src/vscode/spending/recentSpending";
import { FakeLedgerFiles } from "../../fakes/ledgerFiles";
import { colors } from "../../fakes/svg";

describe("What was spent lately", () => {
  let folder: FakeLedgerFiles;
  let warnings: string[];
  let recent: RecentSpending;

  beforeEach(() => {
    [folder, warnings] = [new FakeLedgerFiles(), []];
    const warn = (text: string) => warnings.push(text);
    recent = new RecentSpending(folder.open(), warn, () => Date.UTC(2026, 10, 27, 12));
  });

  function spend(day: string, usd: number, estimatedRequests = 0): void {
    const row = { extension: "a.b", model: "m/n", key: "k", ...noAmounts, requests: 1, estimatedRequests };
    const text = ledgerText({ rows: [{ ...row, cost: fromUsd(usd) }], covers: [] });
    folder.texts.set(`${day}.${crypto.randomUUID()}.1.json`, text);
  }
  async function lines() {
    await recent.read();
    return recent.picture(colors)?.lines;
  }

  it("is nothing at first", async () => {
    equal(recent.picture(colors), undefined);
    equal(await lines(), undefined);
  });

  it("is said in words, with the day that had most", async () => {
    spend("2026-11-25", 1.5);
    spend("2026-11-27", 0.25);
    deepEqual(await lines(), [
      "Your OpenRouter models cost $1.75 in the last 14 days.",
      "Most was spent on Nov 25: $1.50.",
    ]);
    equal(recent.picture(colors)?.alt, "Bar chart of the last 14 days");
  });

  it("is one day's", async () => {
    spend("2026-11-25", 1.5);
    deepEqual((await lines())?.[1], "All of it was spent on Nov 25.");
  });

  it("is marked where it's partly estimated", async () => {
    spend("2026-11-25", 1.5);
    spend("2026-11-27", 0.25, 1);
    deepEqual(await lines(), [
      "Your OpenRouter models cost ≈$1.75 in the last 14 days.",
      "Most was spent on Nov 25: $1.50.",
    ]);
  });

  it("is nothing any more where it can't be read", async () => {
    spend("2026-11-25", 1.5);
    await recent.read();
    ok(recent.picture(colors));
    folder.failure = new Error("no disk");
    await rejects(recent.read(), /no disk/);
    equal(recent.picture(colors), undefined);
  });

  it("is what can be read, and that something can't be is told once", async () => {
    spend("2026-11-25", 1.5);
    folder.texts.set("2026-11-26.a.1.json", "{");
    folder.texts.set("2026-11-27.b.1.json", "{");
    ok(await lines());
    ok(await lines());
    equal(warnings.length, 1);
  });
});
