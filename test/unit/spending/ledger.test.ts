import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Amounts, noAmounts, sum } from "../../../src/spending/amounts";
import { Ledger } from "../../../src/spending/ledger";
import { ledgerText } from "../../../src/spending/ledgerFile";
import { draftName, isLeftDraft } from "../../../src/spending/ledgerFiles";
import type { Spender, Spending } from "../../../src/spending/spending";
import { addDays, utcDay } from "../../../src/spending/utcDays";
import { FakeLedgerFiles } from "../../fakes/ledgerFiles";
import { anyAmounts, anySpender, request, spender } from "./anySpending";

const noon = Date.UTC(2026, 10, 27, 12);
const day = 24 * 60 * 60_000;

function open(files: FakeLedgerFiles, { now = () => noon, step = async (_: string) => {} } = {}) {
  const warnings: string[] = [];
  const log = { warn: (text: string) => void warnings.push(text) };
  return { ledger: new Ledger(files.open(step), { now, log }), warnings };
}

const spend = (ledger: Ledger, cost: number, who: Spender = spender()) =>
  ledger.begin(who, noAmounts).end(request(cost));

/** What each spent, as one text to compare. */
function totals(all: readonly (Spender & Amounts & { day?: string })[]) {
  const byWho = new Map<string, Amounts>();
  for (const part of all) {
    const who = [part.day, part.extension, part.model, part.key].join(" ");
    byWho.set(who, sum([byWho.get(who) ?? noAmounts, part]));
  }
  return [...byWho].filter(([, { requests }]) => requests > 0).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Lets so many of the scheduled steps happen, as long as there are any. */
async function goOn(scheduler: fc.Scheduler, steps: number): Promise<void> {
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  await settled();
  for (let step = 0; step < steps && scheduler.count() > 0; step++) {
    await scheduler.waitOne();
    await settled();
  }
}

const cost = (all: readonly Spending[]) => sum(all).cost;

test("windows that write at the same moment, in whatever order, lose nothing", async () => {
  const anyRequests = fc.array(
    fc.record({
      window: fc.nat(2),
      who: anySpender,
      amounts: fc.option(anyAmounts, { nil: undefined }),
      /** So many steps of the files may pass before it ends. */
      steps: fc.nat(25),
      daysAgo: fc.constantFrom(0, 0, 1, 3, 3),
    }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), anyRequests, async (scheduler, requests) => {
      const files = new FakeLedgerFiles();
      let now = noon;
      const windows = [0, 1, 2].map(
        (id) =>
          open(files, {
            now: () => now,
            step: (what) => scheduler.schedule(Promise.resolve(), `${id} ${what}`),
          }).ledger,
      );
      const expected: Spending[] = [];
      const ended: Promise<void>[] = [];
      // The clock may only go on while nobody writes: as the windows' clock is one.
      for (const daysAgo of [3, 1, 0]) {
        now = noon - daysAgo * day;
        for (const { window, who, amounts, steps } of requests.filter((one) => one.daysAgo === daysAgo)) {
          const running = windows[window]?.begin(who, request(1));
          await goOn(scheduler, steps);
          if (running) ended.push(running.end(amounts));
          if (amounts) expected.push({ day: utcDay(now), ...who, ...amounts });
        }
        await scheduler.waitFor(Promise.all(ended));
        await scheduler.waitIdle();
      }
      const reads = [...windows, open(files).ledger].map((ledger) => ledger.read(""));
      const found = await scheduler.waitFor(Promise.all(reads));
      for (const all of found) assert.deepEqual(totals(all), totals(expected));
    }),
  );
});

test("whoever reads a file that is replaced at that moment reads the new one", async () => {
  const files = new FakeLedgerFiles();
  const { ledger } = open(files);
  await spend(ledger, 1);
  let replacements = 0;
  const step = async (what: string) => {
    if (what.startsWith("read") && replacements++ < 5) await spend(ledger, 1);
  };
  const found = cost(await open(files, { step }).ledger.read(""));
  assert.equal(found, 6);
});

test("a request counts from its beginning, in all windows, and at what it cost at the end", async () => {
  const files = new FakeLedgerFiles();
  const { ledger } = open(files);
  const other = open(files).ledger;
  const running = ledger.begin(spender(), request(5, { estimatedRequests: 1, estimatedCost: 5 }));
  await ledger.read("");
  assert.equal(cost(await other.read("")), 5);
  running.estimate(request(9));
  await ledger.read("");
  assert.equal(cost(await other.read("")), 5, "too little has been added to write it");
  running.estimate(request(10_000_005));
  await ledger.read("");
  assert.equal(cost(await other.read("")), 10_000_005);
  await running.end(request(7));
  assert.deepEqual(
    totals(await other.read("")),
    totals([{ day: "2026-11-27", ...spender(), ...request(7) }]),
  );
});

test("a request that cost nothing leaves nothing", async () => {
  const files = new FakeLedgerFiles();
  const { ledger } = open(files);
  await ledger.begin(spender(), request(5)).end(undefined);
  assert.equal(sum(await ledger.read("")).requests, 0);
});

test("a request counts on the day on which it began", async () => {
  const files = new FakeLedgerFiles();
  let now = Date.UTC(2026, 10, 30, 23, 59, 59);
  const { ledger } = open(files, { now: () => now });
  const running = ledger.begin(spender(), noAmounts);
  now += 2000;
  await running.end(request(3));
  await spend(ledger, 4);
  assert.equal(cost(await ledger.read("2026-12-01")), 4);
  assert.equal(cost(await ledger.read("2026-11-30")), 7);
});

test("a window that is killed at any step loses nothing that was kept, and counts nothing twice", async () => {
  const killed = new Promise<never>(() => {});
  let kills = 0;
  for (let last = 1; ; last++) {
    const files = new FakeLedgerFiles();
    // Former days with two sources each, to be put together, and one that is too old.
    for (const [ago, amount] of [
      [100, 1],
      [5, 10],
      [4, 100],
      [3, 1000],
    ] as const)
      for (const _ of [1, 2])
        await spend(open(files, { now: () => noon - ago * day }).ledger, amount, spender(`a.b${ago}`));
    let steps = 0;
    let kept = 0;
    const { ledger } = open(files, { step: async () => void (++steps > last && (await killed)) });
    const life = (async () => {
      for (let i = 0; i < 4; i++) {
        await spend(ledger, 100_000);
        kept++;
      }
    })();
    const isDone = await Promise.race([
      life.then(() => true),
      new Promise((resolve) => setTimeout(resolve, 0, false)),
    ]);
    const found = await open(files).ledger.read("2026-10-01");
    const before = found.filter(({ extension }) => extension !== "a.b");
    assert.equal(cost(before), 2220, `killed at step ${last}`);
    const now = found.filter(({ extension }) => extension === "a.b");
    assert.ok(
      [kept, kept + 1].includes(cost(now) / 100_000),
      `${cost(now)} of ${kept}, killed at step ${last}`,
    );
    // The next one goes on, and tidies up.
    const next = open(files, { now: () => noon + day }).ledger;
    await spend(next, 1);
    assert.equal(cost(await next.read("2026-10-01")), cost(found) + 1);
    if (isDone) break;
    kills++;
  }
  assert.ok(kills > 30, `${kills}`);
});

test("a file that is damaged anywhere loses its own day at most", async () => {
  const files = new FakeLedgerFiles();
  for (const ago of [2, 1, 0]) await spend(open(files, { now: () => noon - ago * day }).ledger, 10 ** ago);
  const [name = "", text = ""] = [...files.texts][1] ?? [];
  const wrong = [
    "",
    "{",
    "[]",
    "null",
    "\0".repeat(text.length),
    text.replace(",10,", ",-10,"),
    '{"version":2}',
  ];
  for (const damage of [...wrong, ...Array.from(text, (_, end) => text.slice(0, end))]) {
    files.texts.set(name, damage);
    const { ledger, warnings } = open(files);
    assert.equal(cost(await ledger.read("")), 101, damage);
    assert.deepEqual(warnings, [`Spending: ${name} is damaged`]);
  }
  assert.equal(files.texts.size, 3, "it's kept for whoever can repair it");
});

test("a day of which a file is damaged isn't put together", async () => {
  const files = new FakeLedgerFiles();
  for (const amount of [1, 2, 4]) await spend(open(files, { now: () => noon - 5 * day }).ledger, amount);
  const [first = ""] = files.texts.keys();
  const text = files.texts.get(first) ?? "";
  files.texts.set(first, "");
  await spend(open(files).ledger, 8);
  assert.equal(files.texts.size, 4);
  files.texts.set(first, text);
  assert.equal(cost(await open(files).ledger.read("")), 15);
});

test("files that were put together count once, also when that is done again and interrupted again", async () => {
  const files = new FakeLedgerFiles();
  const put = (source: string, amount: number, covers: string[] = []) =>
    files.texts.set(
      `2026-11-20.${source}.1.json`,
      ledgerText({ rows: [{ ...spender(), ...request(amount) }], covers }),
    );
  put("a", 1);
  put("b", 2);
  put("ab", 3, ["a", "b"]);
  put("late", 4);
  const killed = new Promise<never>(() => {});
  const { ledger } = open(files, {
    step: async (what) => void (what.startsWith("delete") && (await killed)),
  });
  void ledger.read("");
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(files.texts.size, 5);
  assert.equal(cost(await open(files).ledger.read("")), 7);
  assert.equal(files.texts.size, 1);
});

test("former days are put together, and what is older than 90 days goes", async () => {
  const files = new FakeLedgerFiles();
  for (const ago of [90, 89, 5, 5, 5, 2, 2, 1, 1])
    await spend(open(files, { now: () => noon - ago * day }).ledger, 1);
  await open(files, { now: () => noon - 90 * day }).ledger.claim("old");
  files.texts.set(draftName(noon - 61_000), "{");
  files.texts.set(draftName(noon - 1000), "{");
  files.texts.set("notes.txt", "somebody else's");
  const { ledger } = open(files);
  assert.equal(cost(await ledger.read("")), 8);
  const days = [...files.texts.keys()]
    .map((name) => name.slice(0, 10))
    .filter((name) => name.startsWith("20"));
  assert.deepEqual(days.sort(), ["2026-08-30", "2026-11-22", "2026-11-25", "2026-11-26", "2026-11-26"]);
  assert.equal([...files.texts.keys()].filter((name) => name.startsWith("+")).length, 1);
  assert.ok(files.texts.has("notes.txt"));
  assert.equal(cost(await open(files).ledger.read("")), 8);
});

test("a window that has been open for days goes on after its former day was put together", async () => {
  const files = new FakeLedgerFiles();
  let now = noon;
  const { ledger } = open(files, { now: () => now });
  await spend(ledger, 1);
  const long = ledger.begin(spender(), request(2));
  await spend(open(files, { now: () => now }).ledger, 4);
  now += 5 * day;
  await spend(open(files, { now: () => now }).ledger, 8);
  await long.end(request(16));
  await spend(ledger, 32);
  // What it was estimated at is part of the former day by now.
  assert.equal(cost(await ledger.read("")), 63);
  assert.equal(cost(await open(files).ledger.read("")), 63);
});

test("clearing deletes all in all windows, also what is written at that moment", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.nat(8), async (scheduler, steps) => {
      const files = new FakeLedgerFiles();
      const [ledger, other] = [1, 2].map(
        (id) =>
          open(files, { step: (what) => scheduler.schedule(Promise.resolve(), `${id} ${what}`) }).ledger,
      );
      assert.ok(ledger && other);
      await scheduler.waitFor(Promise.all([spend(ledger, 1), spend(other, 2)]));
      const [running, more] = [ledger.begin(spender(), request(4)), spend(other, 8)];
      await goOn(scheduler, steps);
      await scheduler.waitFor(ledger.clear());
      await scheduler.waitFor(Promise.all([running.end(request(16)), more]));
      await scheduler.waitFor(spend(other, 32));
      await scheduler.waitIdle();
      const [found = 0, foundByOther] = (
        await scheduler.waitFor(Promise.all([ledger.read(""), other.read("")]))
      ).map(cost);
      assert.equal(found, foundByOther);
      // What was being written when it was cleared may be part of it, or not.
      assert.ok([48, 56].includes(found), `${found}`);
    }),
  );
});

test("a claim is won once in all windows, and again once the history is cleared", async () => {
  const files = new FakeLedgerFiles();
  const [one, other] = [open(files).ledger, open(files).ledger];
  const name = "2026-11/a.b/*";
  assert.deepEqual((await Promise.all([one.claim(name), other.claim(name)])).sort(), [false, true]);
  assert.equal(await other.claim("2026-11/a.b/?"), true);
  assert.equal(await open(files).ledger.claim(name), false);
  await one.clear();
  assert.equal(files.texts.size, 0);
  assert.equal(await other.claim(name), true);
});

test("what the disk doesn't take counts in this window, and is written later", async () => {
  const files = new FakeLedgerFiles();
  let isFull = true;
  const step = async (what: string) => {
    if (isFull && what.startsWith("begin")) throw new Error("the disk is full");
  };
  const { ledger, warnings } = open(files, { step });
  await spend(ledger, 1);
  await spend(ledger, 2);
  assert.equal(cost(await ledger.read("")), 3);
  assert.match(warnings.at(-1) ?? "", /Can't keep what was spent: Error: the disk is full/);
  isFull = false;
  await spend(ledger, 4);
  assert.equal(cost(await open(files).ledger.read("")), 7);
});

test("a request counts once, with what is known by now, also where the disk takes only its beginning", async () => {
  const files = new FakeLedgerFiles();
  let isFull = false;
  const step = async (what: string) => {
    if (isFull && what.startsWith("begin")) throw new Error("the disk is full");
  };
  const { ledger } = open(files, { step });
  const running = ledger.begin(spender(), request(1));
  await ledger.read("");
  isFull = true;
  running.estimate(request(2));
  assert.equal(cost(await ledger.read("")), 2);
  await running.end(request(3));
  assert.equal(cost(await ledger.read("")), 3);
});

test("reading and clearing fail where the files can't be read", async () => {
  const files = new FakeLedgerFiles();
  const { ledger } = open(files);
  await spend(ledger, 1);
  files.failure = new Error("the disk is gone");
  await assert.rejects(ledger.read(""), files.failure);
  await assert.rejects(ledger.clear(), files.failure);
  files.failure = undefined;
  assert.equal(cost(await ledger.read("")), 1);
});

test("a former file that can't be deleted doesn't count", async () => {
  const files = new FakeLedgerFiles();
  const step = async (what: string) => {
    if (what.startsWith("delete")) throw new Error("it's in use");
  };
  const { ledger, warnings } = open(files, { step });
  for (const amount of [1, 2, 4]) await spend(ledger, amount);
  assert.equal(cost(await open(files).ledger.read("")), 7);
  assert.match(warnings[0] ?? "", /it's in use/);
});

test("what the disk couldn't take at the end of a month is kept on the first day of the next", async () => {
  const files = new FakeLedgerFiles();
  let now = Date.UTC(2026, 10, 30);
  const { ledger } = open(files, { now: () => now });
  files.failure = new Error("the disk is full");
  await spend(ledger, 1);
  now += day;
  files.failure = undefined;
  await spend(ledger, 2);
  const other = open(files, { now: () => now }).ledger;
  assert.equal(cost(await other.read("2026-12-01")), 2);
  assert.equal(cost(await other.read("2026-11-30")), 3);
});

test("a draft of a window that is still writing isn't one that was left", () => {
  assert.equal(isLeftDraft(draftName(noon), noon + 60_000), false);
  assert.equal(isLeftDraft(draftName(noon), noon + 60_001), true);
  assert.equal(isLeftDraft(`${addDays("2026-11-27", 0)}.a.1.json`, noon), false);
});
