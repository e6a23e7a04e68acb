import { deepEqual } from "node:assert/strict";
import { mock } from "node:test";
import { commands, type Memento, type Tab, window } from "vscode";
import { tickDoneSteps, ticked } from "../../src/vscode/walkthroughSteps";

const walkthrough = { input: undefined } as Tab; // so VS Code presents it to extensions
const file = { input: {} } as Tab;
const key = "connectOpenRouter.done.chat";
const tick = [
  [key, true],
  [key, undefined],
];

describe("A step of the walkthrough", () => {
  const { executeCommand } = commands;
  const { tabGroups } = window;
  let set: unknown[][];
  let stored: Map<string, unknown>;
  let open: Tab[];
  let changed: (event: { opened: Tab[]; closed: Tab[]; changed: Tab[] }) => void;
  const state: Pick<Memento, "get" | "update"> = {
    get: <T>(name: string) => stored.get(name) as T,
    update: async (name, value) => void stored.set(name, value),
  };

  beforeEach(() => {
    [set, stored, open] = [[], new Map(), []];
    Object.assign(commands, { executeCommand: async (_: string, ...call: unknown[]) => void set.push(call) });
    const onDidChangeTabs = (listener: typeof changed) => {
      changed = listener;
      return { dispose() {} };
    };
    Object.defineProperty(window, "tabGroups", {
      configurable: true,
      value: { all: [{ tabs: open }], onDidChangeTabs },
    });
  });
  afterEach(() => {
    Object.assign(commands, { executeCommand });
    Object.defineProperty(window, "tabGroups", { configurable: true, value: tabGroups });
  });

  /** For this test alone, which waits for nothing: VS Code would lose the timers that it starts meanwhile. */
  const withTimers = (run: () => void) => () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      run();
    } finally {
      mock.timers.reset();
    }
  };
  const change = (part: Partial<Parameters<typeof changed>[0]>) =>
    changed({ opened: [], closed: [], changed: [], ...part });

  it("is ticked by a key that doesn't stay, each time, and kept", () => {
    ticked(state, "chat");
    ticked(state, "chat");
    deepEqual(set, [...tick, ...tick]);
    deepEqual([...stored], [["done.chat", true]]);
  });

  it(
    "is ticked again when the walkthrough opens, and as long as VS Code may wait to register it",
    withTimers(() => {
      const subscription = tickDoneSteps(state);
      stored.set("done.chat", true);
      change({ opened: [file], closed: [walkthrough], changed: [file] });
      mock.timers.tick(10_000);
      deepEqual(set, []);
      change({ opened: [walkthrough] });
      mock.timers.tick(0);
      deepEqual(set, tick);
      mock.timers.tick(5_500);
      deepEqual(set, [...tick, ...tick]);
      mock.timers.tick(1_000);
      deepEqual(set, [...tick, ...tick, ...tick]);
      change({ changed: [walkthrough] }); // it was brought to the front
      mock.timers.tick(0);
      deepEqual(set.length, 8);
      subscription.dispose();
      mock.timers.tick(10_000);
      deepEqual(set.length, 8);
    }),
  );

  it(
    "is ticked in a window that starts with the walkthrough",
    withTimers(() => {
      open.push(file, walkthrough);
      stored.set("done.chat", true);
      const subscription = tickDoneSteps(state);
      mock.timers.tick(0);
      deepEqual(set, tick);
      subscription.dispose();
    }),
  );
});
