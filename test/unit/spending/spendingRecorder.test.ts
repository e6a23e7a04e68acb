import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Ledger } from "../../../src/spending/ledger";
import type { RequestCost } from "../../../src/spending/requestCost";
import { SpendingRecorder } from "../../../src/spending/spendingRecorder";
import { type TurnCost, TurnCosts } from "../../../src/spending/turnCosts";
import { FakeLedgerFiles } from "../../fakes/ledgerFiles";
import { session } from "../../fakes/windows";

const cost = (usd: number, partial: Partial<RequestCost> = {}): RequestCost => ({
  promptTokens: 100,
  cachedTokens: 40,
  completionTokens: 20,
  reasoningTokens: 5,
  cost: usd,
  isEstimate: false,
  ...partial,
});

function open(context: Pick<TestContext, "mock">) {
  context.mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  const log = { warn: (text: string) => assert.fail(text) };
  const ledger = new Ledger(new FakeLedgerFiles().open(), { now: () => Date.UTC(2026, 10, 27), log });
  const turns = new TurnCosts();
  const shown: (TurnCost | undefined)[] = [];
  turns.onDidChange((turn) => shown.push(turn));
  const spent: [id: string, usd: number][] = [];
  const recorder = new SpendingRecorder(ledger, turns, ({ session: { id } }, { cost: usd }) =>
    spent.push([id, usd]),
  );
  const begin = (initiator: string | undefined, now: () => RequestCost) =>
    recorder.begin({ initiator, model: "m/n", session: session("s", 7), continuesTurn: false }, now);
  return { ledger, shown, spent, begin };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what a request cost is kept by day, extension, model, and key, and its turn shown", async (context) => {
  const { ledger, shown, spent, begin } = open(context);
  const end = begin("Some.Extension", () => cost(0.001, { isEstimate: true }));
  end(cost(0.25, { upstreamCost: 1.5 }));
  assert.deepEqual(await ledger.read(""), [
    {
      day: "2026-11-27",
      extension: "some.extension",
      model: "m/n",
      key: "s/7",
      requests: 1,
      estimatedRequests: 0,
      promptTokens: 100,
      cachedTokens: 40,
      completionTokens: 20,
      reasoningTokens: 5,
      cost: 250_000_000,
      estimatedCost: 0,
      upstreamCost: 1_500_000_000,
    },
  ]);
  assert.deepEqual(shown.at(-1), { usd: 1.75, isEstimate: false });
  await settled();
  assert.deepEqual(spent, [["s", 0.25]]);
});

test("while it goes on, each second is an estimate, which is kept where no end comes", async (context) => {
  const { ledger, shown, begin } = open(context);
  let now = 0.1;
  begin(undefined, () => cost(now, { isEstimate: true }));
  now = 0.2;
  assert.deepEqual(shown.at(-1), { usd: 0.1, isEstimate: true });
  context.mock.timers.tick(1000);
  assert.deepEqual(shown.at(-1), { usd: 0.2, isEstimate: true });
  const [row] = await ledger.read("");
  assert.deepEqual(
    [row?.extension, row?.cost, row?.estimatedCost, row?.estimatedRequests],
    ["", 2e8, 2e8, 1],
  );
});

test("a request that cost nothing is neither kept nor told of, and no timer is left", async (context) => {
  const { ledger, spent, shown, begin } = open(context);
  begin("a.b", () => cost(1, { isEstimate: true }))(undefined);
  assert.deepEqual(await ledger.read(""), []);
  await settled();
  assert.deepEqual(spent, []);
  const { length } = shown;
  context.mock.timers.tick(5000);
  assert.equal(shown.length, length);
});

test("VS Code and its chat are one", async (context) => {
  const { ledger, begin } = open(context);
  begin("core", () => cost(1))(cost(1));
  begin("GitHub.copilot-chat", () => cost(2))(cost(2));
  const [row, ...others] = await ledger.read("");
  assert.deepEqual([row?.extension, row?.cost, others], ["github.copilot-chat", 3e9, []]);
});

test("whatever a server says that requests took is kept, and loses nothing that was", async (context) => {
  const { ledger, begin } = open(context);
  begin("a.b", () => cost(0))(cost(1));
  for (const great of [1e8, 1e300])
    begin("c.d", () => cost(0))(
      cost(great, { promptTokens: great, completionTokens: 0.5, upstreamCost: great }),
    );
  const rows = await ledger.read("");
  assert.deepEqual(
    rows.map(({ extension, cost: kept }) => [extension, kept]),
    [
      ["a.b", 1e9],
      ["c.d", Number.MAX_SAFE_INTEGER],
    ],
  );
});
