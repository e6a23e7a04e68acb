import { deepEqual, equal, match } from "node:assert/strict";
import type { CreditsState } from "../../../src/credits/creditsHost";
import { OpenRouterError } from "../../../src/openrouter/errors";
import type { Session } from "../../../src/sessions/session";
import { creditsText, withTurnCost } from "../../../src/vscode/credits/creditsText";

const minute = 60_000;
const now = Date.UTC(2026, 10, 26);
const active: Session = {
  version: 2,
  id: "a",
  key: "sk-or-v1-a",
  label: "label",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
};
const known: CreditsState = {
  hasConnected: true,
  sessions: [active],
  active,
  answer: { at: now - 7 * minute, keyInfo: { limit: 10, limitRemaining: 7.45 } },
};
const failure = new OpenRouterError("status", "", { status: 401, withKey: true });
const text = (state: CreditsState) => creditsText(state, { now, warnBelow: 10 });

describe("The credits in words", () => {
  it("are what's left, with the age of old figures", () => {
    const { headline, severity, problem } = text(known);
    deepEqual([headline, severity, problem], ["$7.45 left", "normal", undefined]);
    const old = { at: now - 11 * minute, keyInfo: { limit: 10, limitRemaining: 7.45 } };
    equal(text({ ...known, answer: old }).headline, "$7.45 left (11 minutes ago)");
  });

  it("keep the last figures after one 401, in every window", () => {
    for (const state of [{ ...known, failure }, known]) {
      const { headline, severity, rows, problem } = text({ ...state, refusal: "unconfirmed" });
      deepEqual([headline, severity], ["$7.45 left (7 minutes ago)", "normal"]);
      equal(rows.length > 0, true);
      match(problem ?? "", /rejected this key, which worked before.*checked again/);
    }
  });

  it("are that the key isn't valid, and what to do, once a 401 is confirmed, in every window", () => {
    for (const state of [{ ...known, failure }, known]) {
      const { headline, severity, rows, problem } = text({ ...state, refusal: "confirmed" });
      deepEqual([headline, severity, rows], ["Key not valid", "error", []]);
      match(problem ?? "", /revoked, disabled, or has expired\. Use another key, or connect again/);
    }
  });

  it("begin with what the latest request has cost, as an estimate until OpenRouter says it", () => {
    const credits = text(known);
    equal(withTurnCost(credits, undefined), credits);
    equal(withTurnCost(credits, { usd: 0.0312, isEstimate: false }).headline, "$0.0312 · $7.45 left");
    const { headline, rows } = withTurnCost(credits, { usd: 1.5, isEstimate: true });
    equal(headline, "≈$1.50 · $7.45 left");
    deepEqual(rows[0], ["Latest request", "≈$1.50"]);
  });
});
