import type { TestContext } from "node:test";
import { SecretMemento } from "../../src/common/secretMemento";
import { CreditsPolling } from "../../src/credits/creditsPolling";
import { SharedCredits } from "../../src/credits/sharedCredits";
import type { KeyInfo } from "../../src/openrouter/keyInfo";
import { ActiveSession } from "../../src/sessions/activeSession";
import type { Session } from "../../src/sessions/session";
import { SessionStore } from "../../src/sessions/sessionStore";
import { noLog } from "./editor";
import { FakeSecretStorage, noIndex } from "./secrets";

export const minute = 60_000;
export const hour = 60 * minute;
export const session = (id: string, createdAt = 1): Session => ({
  version: 2,
  id,
  key: `sk-or-v1-${id}`,
  label: `VS Code ${id}`,
  userId: "user",
  baseUrl: "https://openrouter.ai",
  createdAt,
});

/** Several windows of one editor, and an OpenRouter that records its requests. */
export async function startWindows(
  context: { mock: TestContext["mock"]; after(cleanUp: () => void): void },
  { connected = true } = {},
) {
  context.mock.timers.enable({ apis: ["setInterval", "Date"], now: Date.UTC(2025, 10, 26) });
  const storage = new FakeSecretStorage();
  let reads = 0;
  storage.interfere = (action) => {
    if (action === "get") reads++;
  };
  const state = new Map<string, unknown>();
  const memento = mementoOf(state);
  const world = {
    /** The requests to OpenRouter: the minute since the start, the window, and the key's id. */
    requests: [] as { at: number; window: number; id: string }[],
    warnings: [] as string[],
    /** Each window's number, with the key's id. */
    refusalWarnings: [] as string[],
    keyInfo: { limit: 10, limitRemaining: 7.45, limitReset: "monthly" } as KeyInfo,
    failure: undefined as Error | undefined,
    /** What responds in place of OpenRouter. */
    intermediary: undefined as (() => Response) | undefined,
    /** What OpenRouter waits for before it responds. */
    delay: undefined as Promise<void> | undefined,
    /** The ids of the keys that were released. */
    released: [] as string[],
    /** The ids of the keys whose user was learned, with the user. */
    learned: [] as string[],
    warnBelow: 10,
    showCredits: true,
  };
  const start = Date.now();
  let windows = 0;
  /** @param profile the `globalState` of another profile, with which windows share credits in SecretStorage */
  const open = (focused = true, profile?: Map<string, unknown>) => {
    const number = windows++;
    const store = new SessionStore(storage.window(), noIndex, Date.now);
    const profiles = profile && new SecretMemento(storage.window(), "credits", noLog);
    const shared = new SharedCredits(profiles ?? memento, profiles?.load());
    const window = { focused, store, shared };
    const active = new ActiveSession(store, profile ? mementoOf(profile) : memento);
    const polling = new CreditsPolling(store, active, shared, {
      now: () => Date.now(),
      isFocused: () => window.focused,
      isWanted: () => world.showCredits,
      warnBelow: () => world.warnBelow,
      request: {
        fetch: async (_, init) => {
          const id = new Headers(init?.headers).get("Authorization")?.split("-").at(-1) ?? "";
          world.requests.push({ at: (Date.now() - start) / minute, window: number, id });
          await world.delay;
          if (world.failure) throw world.failure;
          if (world.intermediary) return world.intermediary();
          return Response.json({ data: toSnakeCase(world.keyInfo) });
        },
      },
      warn: ({ id }, { kind }) => void world.warnings.push(`${number} ${id} ${kind}`),
      withhold: (session) => store.markRefused(session),
      warnOfRefusal: ({ id }) => void world.refusalWarnings.push(`${number} ${id}`),
      learnUser: (session, userId) => {
        world.learned.push(`${session.id} ${userId}`);
        return store.learnUser(session, userId);
      },
      release: (session) => {
        world.released.push(session.id);
        return store.markRefused(session, false);
      },
    });
    context.after(() => {
      polling.dispose();
      profiles?.dispose();
      store.dispose();
    });
    /** Refreshes the key in use, as the menu does. */
    const refresh = async () => {
      const { active: session } = await polling.state();
      if (session) await polling.refresh(session);
    };
    return Object.assign(window, { polling, refresh });
  };
  if (connected) {
    const first = new SessionStore(storage.window(), noIndex, Date.now);
    await first.put(session("a"));
    await new ActiveSession(first, memento).choose("a");
  }
  return {
    world,
    state,
    open,
    storage,
    reads: () => reads,
    times: () => world.requests.map(({ at }) => at),
    async pass(milliseconds: number) {
      for (let passed = 0; passed < milliseconds; passed += minute) {
        context.mock.timers.tick(minute);
        await settle();
      }
    },
  };
}

const mementoOf = (state: Map<string, unknown>) => ({
  get: <T>(name: string): T | undefined => structuredClone(state.get(name)) as T | undefined,
  update: async (name: string, value: unknown) => void state.set(name, structuredClone(value)),
});

/** OpenRouter's responses use snake_case. */
const toSnakeCase = (fields: object) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );

export async function settle() {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}
