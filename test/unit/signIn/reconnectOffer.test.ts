import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ReconnectOffer } from "../../../src/signIn/reconnectOffer";

const flush = () => new Promise((resolve) => setImmediate(resolve));

function start(context: TestContext) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = { settings: "10", concerned: true, offers: 0, answer: () => {} };
  const offer = new ReconnectOffer({
    keySettings: () => state.settings,
    shouldOffer: async () => state.concerned,
    offer: () => {
      state.offers++;
      return new Promise((resolve) => {
        state.answer = resolve;
      });
    },
  });
  context.after(() => offer.dispose());
  return {
    state,
    offer,
    change(settings: string) {
      state.settings = settings;
      offer.settingsChanged();
    },
    async pass(milliseconds: number) {
      context.mock.timers.tick(milliseconds);
      await flush();
    },
  };
}

test("several keystrokes are one offer, once the typing is over", async (context) => {
  const { state, change, pass } = start(context);
  for (const typed of ["1", "12", "12.", "12.5"]) {
    change(typed);
    await pass(500);
  }
  assert.equal(state.offers, 0);
  await pass(2000);
  assert.equal(state.offers, 1);
  await pass(60_000);
  assert.equal(state.offers, 1);
});

test("a change that was taken back, or creditAlerts nobody here, is no offer", async (context) => {
  const { state, change, pass } = start(context);
  change("1");
  change("10");
  await pass(5000);
  state.concerned = false;
  change("20");
  await pass(5000);
  assert.equal(state.offers, 0);
});

test("a later change is offered anew, also while the offer before is open, maybe out of sight", async (context) => {
  const { state, change, pass } = start(context);
  change("11");
  await pass(3000);
  change("12");
  await pass(3000);
  assert.equal(state.offers, 2);
  state.answer();
  await flush();
  change("13");
  await pass(3000);
  assert.equal(state.offers, 3);
});

test("nothing comes after the window is gone", async (context) => {
  const { state, offer, change, pass } = start(context);
  change("11");
  offer.dispose();
  await pass(5000);
  assert.equal(state.offers, 0);
});
