import { deepEqual, equal } from "node:assert/strict";
import { SharedCredits } from "../../../src/credits/sharedCredits";
import type { KeyInfo } from "../../../src/openrouter/keyInfo";
import type { Session } from "../../../src/sessions/session";
import { modelServicesHost } from "../../../src/vscode/models/modelServicesHost";

const session = { id: "a", createdAt: 5 } as Session;
const at = Date.UTC(2026, 10, 27, 0, 5);

describe("What the models get of the services", () => {
  async function open(keyInfo?: Partial<KeyInfo>) {
    const state = new Map<string, unknown>();
    const shared = new SharedCredits({
      get: (name: string) => state.get(name) as undefined,
      update: async (name, value) => void state.set(name, value),
    });
    const answer = keyInfo && { at, keyInfo: { limit: null, ...keyInfo } };
    await shared.writeKey(session, { askedAt: at, ...(answer && { answer }) });
    const asked: string[] = [];
    const parts = {
      context: {},
      shared,
      polling: { askAgain: async ({ id }: Session) => void asked.push(id) },
    };
    return {
      asked,
      services: modelServicesHost(parts as unknown as Parameters<typeof modelServicesHost>[0]),
    };
  }

  it("is what OpenRouter counted for a key, if it said so", async () => {
    const usage = { usageDaily: 1, usageWeekly: 2, usageMonthly: null };
    const { services, asked } = await open(usage);
    deepEqual(services.usageOf(session), { at, daily: 1, weekly: 2, monthly: null });
    equal(services.usageOf({ ...session, createdAt: 6 }), undefined);
    equal((await open()).services.usageOf(session), undefined);
    await services.refreshUsage(session);
    deepEqual(asked, ["a"]);
  });

  it("is when OpenRouter said so by its own clock, since its days are those of that", async () => {
    const answeredAt = at - 10 * 60_000; // the day before
    const { services } = await open({ usageDaily: 1, answeredAt });
    equal(services.usageOf(session)?.at, answeredAt);
  });
});
