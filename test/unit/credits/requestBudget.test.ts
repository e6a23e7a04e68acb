import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestBudget } from "../../../src/credits/requestBudget";
import { SharedCredits } from "../../../src/credits/sharedCredits";
import { OpenRouterError } from "../../../src/openrouter/errors";
import { hour, minute } from "../../fakes/windows";

const day = 24 * hour;

/** A budget that starts full, with a clock, and the number of writes to what windows share. */
function start() {
  const clock = { now: 1000 * day };
  const state = new Map<string, unknown>();
  let writes = 0;
  const shared = new SharedCredits({
    get: <T>(name: string) => state.get(name) as T | undefined,
    update: async (name, value) => {
      writes++;
      state.set(name, value);
    },
  });
  const budget = new RequestBudget(shared, () => clock.now);
  return { budget, shared, clock, writes: () => writes };
}

const busy = (status: number, retryAfter?: number) =>
  new OpenRouterError("status", "", { status, ...(retryAfter !== undefined && { retryAfter }) });

test("the thirteenth request waits until the first of twelve is more than an hour old", async () => {
  const { budget, clock, shared } = start();
  for (let i = 0; i < 12; i++) {
    assert.equal(budget.retryAfter, 0);
    await budget.spend();
    clock.now += minute;
  }
  assert.equal(budget.retryAfter, 48 * minute + 1);
  clock.now += 48 * minute;
  assert.equal(budget.retryAfter, 1);
  clock.now += 1;
  assert.equal(budget.retryAfter, 0);
  await budget.spend();
  assert.equal(shared.read().requests.length, 12, "what is over isn't kept");
});

test("requests in the future, after the clock was set back, don't count", async () => {
  const { budget, clock, shared } = start();
  await shared.write({ requests: Array(12).fill(clock.now + 1) });
  assert.equal(budget.retryAfter, 0);
  await shared.write({ requests: Array(12).fill(clock.now) });
  assert.equal(budget.retryAfter, hour + 1);
});

for (const status of [429, 503]) {
  test(`without Retry-After, ${status} pauses for 10 minutes, then twice as long, up to an hour`, async () => {
    const { budget, clock } = start();
    for (const minutes of [10, 20, 40, 60, 60]) {
      await budget.failed(busy(status));
      assert.equal(budget.retryAfter, minutes * minute);
      clock.now += minutes * minute;
      assert.equal(budget.retryAfter, 0);
    }
    await budget.succeeded();
    await budget.failed(busy(status));
    assert.equal(budget.retryAfter, 10 * minute, "a success starts afresh");
  });

  test(`${status} pauses for as long as Retry-After says, up to a day`, async () => {
    const { budget } = start();
    for (const [said, kept] of [
      [0, 0],
      [1, 1],
      [3 * hour, 3 * hour],
      [day, day],
      [9 * day, day],
    ] as const) {
      await budget.failed(busy(status, said));
      assert.equal(budget.retryAfter, kept);
    }
  });
}

test("no other failure pauses", async () => {
  const { budget } = start();
  for (const failure of [
    busy(401, hour),
    busy(500, hour),
    new OpenRouterError("network", ""),
    Object.assign(new Error(), { details: { status: 429 } }),
  ]) {
    await budget.failed(failure);
  }
  assert.equal(budget.retryAfter, 0);
});

test("a pause that ends later than it could, after the clock was set back, doesn't count", async () => {
  for (const length of [minute, day]) {
    const { budget, clock } = start();
    await budget.failed(busy(429, length));
    assert.equal(budget.retryAfter, length);
    clock.now -= 1;
    assert.equal(budget.retryAfter, 0);
  }
});

test("a pause and a spent budget both have to end", async () => {
  const { budget } = start();
  for (let i = 0; i < 12; i++) await budget.spend();
  await budget.failed(busy(429, minute));
  assert.equal(budget.retryAfter, hour + 1);
  await budget.failed(busy(429, 2 * hour));
  assert.equal(budget.retryAfter, 2 * hour);
});

test("a success ends a pause, and writes nothing where there is none", async () => {
  const { budget, writes } = start();
  await budget.succeeded();
  assert.equal(writes(), 0);
  await budget.failed(busy(429));
  await budget.succeeded();
  assert.equal(budget.retryAfter, 0);
});
