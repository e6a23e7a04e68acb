import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromUsd } from "../../../src/spending/amounts";
import { Budgets, type BudgetsHost } from "../../../src/spending/budgets";
import { recordLog } from "../../fakes/editor";
import { FakeLedger } from "../../fakes/ledger";

const extension = "some.extension";
const november = Date.UTC(2026, 10, 27, 12);

/** The windows of one editor, with one ledger and one setting. */
function open(setting: unknown = { [extension]: 5 }, now = november) {
  const world = { ledger: new FakeLedger(), setting, now, warnings: [] as string[], lines: [] as string[] };
  const { log, lines } = recordLog();
  world.lines = lines;
  const host: BudgetsHost = {
    now: () => world.now,
    setting: () => world.setting,
    warn: ({ extension: id, spent, budget }) =>
      void world.warnings.push(`${id} ${spent} of ${budget.amount}`),
    log,
  };
  const window = (pause?: () => Promise<void>) => new Budgets(world.ledger.window(pause), host);
  return { world, window };
}

const day = "2026-11-26";
const billionth = 1e-9;

for (const [spent, isRefused] of [
  [0, false],
  [4.99, false],
  [5 - billionth, false],
  [5, true],
  [5 + billionth, true],
  [500, true],
] as const) {
  test(`with ${spent} USD spent of 5, a request is ${isRefused ? "refused" : "sent"}`, async () => {
    const { world, window } = open();
    world.ledger.spend(extension, spent, day);
    const expected = { spent: fromUsd(spent) / 1e9, budget: 5, since: "2026-11-01", resets: "2026-12-01" };
    assert.deepEqual(await window().check(extension), isRefused ? expected : undefined);
  });
}

test("a hundred cents are a dollar: sums are exact", async () => {
  const { world, window } = open({ [extension]: 10 });
  for (let i = 0; i < 99; i++) world.ledger.spend(extension, 0.1, day);
  assert.equal(await window().check(extension), undefined);
  world.ledger.spend(extension, 0.1, day);
  assert.equal(((await window().check(extension)) as { spent: number }).spent, 10);
});

test("all keys, all models, and what the user's own providers were paid count; others' requests don't", async () => {
  const { world, window } = open();
  world.ledger.spend(extension, 2, "2026-11-01", { key: "k1" });
  world.ledger.spend(extension, 2, day, { key: "k2", model: "c/d" });
  world.ledger.spend(extension, 0, day, { upstreamCost: fromUsd(0.5) });
  world.ledger.spend("other.extension", 100, day);
  world.ledger.spend(extension, 100, "2026-10-31");
  world.ledger.spend(extension, 100, "2026-12-01"); // by a clock that was wrong
  assert.equal((await window().month())(extension).spent, fromUsd(4.5));
  assert.equal(await window().check(extension), undefined);
  world.ledger.spend(extension, 0.5, "2026-11-30");
  assert.ok(await window().check("Some.Extension"));
});

test("what is noted of the request itself doesn't count against it", async () => {
  const { world, window } = open();
  world.ledger.spend(extension, 4.9, day);
  world.ledger.spend(extension, 0.2, day, { estimatedCost: fromUsd(0.2) });
  assert.equal(await window().check(extension, fromUsd(0.2)), undefined);
  assert.ok(await window().check(extension, fromUsd(0.1)));
});

test("nothing is read where no budget applies, and nothing is sent where the setting is invalid", async () => {
  const { world, window } = open({ [extension]: "5", other: -1 });
  world.ledger.failure = new Error("unreadable");
  assert.equal(await window().check("third.extension"), undefined);
  assert.equal(world.ledger.reads, 0);
  world.ledger.failure = undefined;
  assert.equal(await window().check(extension), "invalid");
  world.setting = [];
  assert.equal(await window().check("third.extension"), "invalid");
});

test("with a budget, nothing is sent where what was spent can't be read", async () => {
  const { world, window } = open();
  world.ledger.failure = new Error("unreadable");
  await assert.rejects(window().check(extension), /unreadable/);
  await window().requestEnded(extension); // the answer has come
  assert.match(world.lines.join(), /unreadable/);
});

test("reading takes ten seconds at most", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { window } = open();
  const checked = window(() => new Promise(() => {})).check(extension);
  const failed = assert.rejects(checked, /10000/);
  t.mock.timers.tick(10_000);
  await failed;
});

const zones = [
  "UTC",
  "America/Los_Angeles",
  "Europe/Berlin",
  "Asia/Tokyo",
  "Pacific/Kiritimati",
  "Pacific/Niue",
];
/** Instants around months, and where clocks change in America and Europe; with the month by UTC. */
const instants: [string, string, string][] = [
  ["2026-10-31T23:59:59.999Z", "2026-10-01", "2026-11-01"],
  ["2026-11-01T00:00:00.000Z", "2026-11-01", "2026-12-01"],
  ["2026-11-01T08:30:00.000Z", "2026-11-01", "2026-12-01"],
  ["2026-11-01T09:30:00.000Z", "2026-11-01", "2026-12-01"],
  ["2026-10-25T00:59:59.000Z", "2026-10-01", "2026-11-01"],
  ["2026-10-25T01:00:00.000Z", "2026-10-01", "2026-11-01"],
  ["2026-03-29T01:00:00.000Z", "2026-03-01", "2026-04-01"],
  ["2026-12-31T23:59:59.999Z", "2026-12-01", "2027-01-01"],
  ["2027-01-01T00:00:00.000Z", "2027-01-01", "2027-02-01"],
  ["2028-02-29T23:59:59.999Z", "2028-02-01", "2028-03-01"],
];
for (const zone of zones) {
  test(`the month is UTC's, in ${zone}`, async (t) => {
    const { TZ } = process.env;
    t.after(() => {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    });
    process.env.TZ = zone;
    assert.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone, zone);
    for (const [instant, since, resets] of instants) {
      const { world, window } = open({ "*": 1 }, Date.parse(instant));
      const state = (await window().month())(extension);
      assert.deepEqual([state.since, state.resets], [since, resets], instant);
      world.ledger.spend(extension, 1, since);
      assert.ok(await window().check(extension), instant);
      world.now = Date.parse(resets);
      assert.equal(await window().check(extension), undefined, "it starts again");
    }
  });
}

test("at four fifths there is a warning, exactly, after a request or before the next one", async () => {
  const { world, window } = open();
  world.ledger.spend(extension, 4 - billionth, day);
  await window().requestEnded(extension);
  assert.deepEqual(world.warnings, []);
  world.ledger.spend(extension, billionth, day);
  await window().requestEnded(extension);
  assert.deepEqual(world.warnings, [`${extension} ${fromUsd(4)} of ${fromUsd(5)}`]);
  world.ledger.claimed.length = 0;
  await window().check(extension);
  await settle();
  assert.equal(world.warnings.length, 2);
});

test("one warning in all windows for each extension, month, and budget; none at the end", async () => {
  const { world, window } = open({ "*": 5 });
  const windows = [window(), window()];
  const all = async () => {
    await Promise.all(windows.flatMap((one) => [one.check(extension), one.requestEnded(extension)]));
    await settle();
  };
  world.ledger.spend(extension, 4.5, day);
  await all();
  world.ledger.spend(extension, 1, day);
  await all();
  assert.deepEqual(world.warnings, [`${extension} ${fromUsd(4.5)} of ${fromUsd(5)}`]);
  world.ledger.spend("other.extension", 6, day); // at once
  await windows[1]?.requestEnded("other.extension");
  assert.equal(world.warnings.length, 2);
  world.setting = { "*": 6 }; // raised: armed again
  await all();
  assert.equal(world.warnings.length, 3);
  world.now = Date.UTC(2026, 11, 2);
  world.ledger.spend(extension, 5, "2026-12-02");
  await all();
  assert.equal(world.warnings.length, 4);
});

test("of a budget of nothing, there is no warning, and nothing that costs", async () => {
  const { world, window } = open({ "*": 0 });
  assert.deepEqual(await window().check(extension), {
    spent: 0,
    budget: 0,
    since: "2026-11-01",
    resets: "2026-12-01",
  });
  await settle();
  assert.deepEqual(world.warnings, []);
});

test("where windows can't agree, each warns once", async () => {
  const { world, window } = open();
  world.ledger.spend(extension, 4.5, day);
  const shared = world.ledger.window();
  const claim = () => Promise.reject(new Error("read-only"));
  world.ledger.window = () => ({ ...shared, claim });
  const one = window();
  await one.requestEnded(extension);
  await one.requestEnded(extension);
  await settle();
  assert.equal(world.warnings.length, 1);
  assert.match(world.lines.join(), /read-only/);
});

test("whatever the order in which two windows read and write: past the budget go only requests that ran at once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 6 }), async (scheduler, cents) => {
      const { world, window } = open({ "*": 0.1 });
      const pause = () => scheduler.schedule(Promise.resolve());
      const cost = cents / 100;
      let running = 0;
      const ask = async (one: Budgets) => {
        for (let i = 0; i < 6; i++) {
          if (await one.check(extension)) return;
          const most = fromUsd(0.1) + 2 * fromUsd(cost);
          running++;
          world.ledger.spend(extension, cost, day);
          await pause();
          running--;
          const { spent } = (await one.month())(extension);
          assert.ok(spent < most, `${spent} were spent, with ${running} running`);
          await one.requestEnded(extension);
        }
      };
      const done = Promise.all([ask(window(pause)), ask(window(pause))]);
      await scheduler.waitFor(done);
      assert.ok(world.warnings.length <= 1, "one warning in both windows");
      assert.deepEqual(world.ledger.claimed, [...new Set(world.ledger.claimed)]);
      assert.ok(await window().check(extension), "in the end, nothing more");
    }),
  );
});

async function settle() {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}
