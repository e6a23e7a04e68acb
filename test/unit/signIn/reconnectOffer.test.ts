import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ReconnectOffer } from "../../../src/signIn/reconnectOffer";

const flush = () => new Promise((resolve) => setImmediate(resolve));

function start(context: TestContext) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = {
    settings: "10",
    shouldOffer: true as boolean | Promise<never>,
    offers: 0,
    closeOffer: () => {},
  };
  const offer = new ReconnectOffer({
    keySettings: () => state.settings,
    shouldOffer: async () => state.shouldOffer,
    offer: () => {
      state.offers++;
      return new Promise((resolve) => {
        state.closeOffer = resolve;
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

test("several keystrokes make one offer, after the last one", async (context) => {
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

test("a change that was undone, or that affects no key, makes no offer", async (context) => {
  const { state, change, pass } = start(context);
  change("1");
  change("10");
  await pass(5000);
  state.shouldOffer = false;
  change("20");
  await pass(5000);
  assert.equal(state.offers, 0);
});

test("a later change makes a new offer, even while the previous one is open, possibly hidden", async (context) => {
  const { state, change, pass } = start(context);
  change("11");
  await pass(3000);
  change("12");
  await pass(3000);
  assert.equal(state.offers, 2);
  state.closeOffer();
  await flush();
  change("13");
  await pass(3000);
  assert.equal(state.offers, 3);
});

test("where the keys can't be read, there is no offer, and no unhandled rejection", async (context) => {
  const { state, change, pass } = start(context);
  state.shouldOffer = Promise.reject(new Error("The keyring is locked"));
  change("11");
  await pass(3000);
  assert.equal(state.offers, 0);
});

test("no offer is made after the window was closed", async (context) => {
  const { state, offer, change, pass } = start(context);
  change("11");
  offer.dispose();
  await pass(5000);
  assert.equal(state.offers, 0);
});
