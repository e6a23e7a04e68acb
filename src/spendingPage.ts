import type { Log } from "./common/log";
import type { Ledger } from "./spending/ledger";
import { clearSpending } from "./vscode/spending/clearSpending";
import { exportSpending } from "./vscode/spending/exportSpending";
import { SpendingPanel, type SpendingPanelHost } from "./vscode/spending/spendingPanel";

/** What the user does with what was spent. */
export interface SpendingPage {
  show(): Promise<void>;
  export(): Promise<void>;
  clear(): Promise<void>;
  dispose(): void;
}

/** Builds and wires the page, a bundle of its own, which is loaded when the user first wants to see it. */
export function createSpendingPage(
  ledger: Pick<Ledger, "read" | "clear">,
  host: Omit<SpendingPanelHost, "read"> & { spendingCleared(): void },
  log: Pick<Log, "error">,
): SpendingPage {
  const panel = new SpendingPanel({ ...host, read: (since) => ledger.read(since) });
  return {
    show: () => panel.show(),
    export: () => exportSpending(ledger, log),
    async clear() {
      if (!(await clearSpending(ledger))) return;
      host.spendingCleared();
      await panel.refresh();
    },
    dispose: () => panel.dispose(),
  };
}
