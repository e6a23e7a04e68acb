import { deepEqual, equal } from "node:assert/strict";
import { commands, EventEmitter, type QuickPick, type QuickPickItem, window } from "vscode";
import type { CreditsState } from "../../../src/credits/creditsHost";
import type { CreditsPolling } from "../../../src/credits/creditsPolling";
import { CreditsMenu } from "../../../src/vscode/credits/creditsMenu";
import { noLog } from "../../fakes/editor";

describe("The menu of Show Credits", () => {
  const { createQuickPick } = window;
  const { executeCommand } = commands;
  const accept = new EventEmitter<void>();
  let pick: QuickPick<QuickPickItem> & { selectedItems: readonly QuickPickItem[] };
  let ran: unknown[][];
  let timesShown: number;

  beforeEach(() => {
    [ran, timesShown] = [[], 0];
    pick = {
      ...{ items: [], activeItems: [], selectedItems: [], onDidAccept: accept.event },
      ...{ onDidHide: () => ({ dispose() {} }), show() {}, hide() {}, dispose() {} },
    } as unknown as typeof pick;
    Object.assign(window, { createQuickPick: () => pick });
    Object.assign(commands, { executeCommand: async (...command: unknown[]) => void ran.push(command) });
  });
  afterEach(() => {
    Object.assign(window, { createQuickPick });
    Object.assign(commands, { executeCommand });
  });

  const show = async (state: Partial<CreditsState>) => {
    const active = { id: "a", key: "sk-or-v1-a", label: "VS Code", baseUrl: "https://openrouter.ai" };
    const polling = {
      state: async () => ({ active, sessions: [active], hasConnected: true, ...state }),
      onDidChange: () => ({ dispose() {} }),
      retryAfter: 0,
    } as unknown as CreditsPolling;
    await new CreditsMenu(polling, noLog, () => timesShown++).show();
  };
  const row = (label: string) => pick.items.find((item) => item.label === label);

  it("offers to reconnect where OpenRouter rejects the key, and nowhere else", async () => {
    await show({ refusal: "confirmed" });
    equal(pick.activeItems[0]?.label, "Reconnect", "first");
    pick.selectedItems = pick.activeItems;
    accept.fire();
    while (ran.length === 0) await new Promise((resolve) => setImmediate(resolve));
    deepEqual(ran, [["connectOpenRouter.connect", "a"]]);
    equal(timesShown, 1);
    for (const state of [{ refusal: "unconfirmed" }, {}] as const) {
      await show(state);
      equal(row("Reconnect"), undefined);
    }
  });
});
