import { fromUsd, noAmounts } from "../../src/spending/amounts";
import type { BudgetLedger } from "../../src/spending/budgets";
import type { Spending } from "../../src/spending/spending";

/** What all windows spent, in memory. */
export class FakeLedger {
  readonly spendings: Spending[] = [];
  readonly claimed: string[] = [];
  /** Why nothing can be read, or claimed. */
  failure: Error | undefined;
  reads = 0;

  spend(extension: string, usd: number, day: string, others: Partial<Spending> = {}): void {
    this.spendings.push({
      ...noAmounts,
      ...{ extension, day, model: "a/b", key: "k", requests: 1, cost: fromUsd(usd) },
      ...others,
    });
  }

  /** As one of the windows sees it. @param pause what each call waits for, such as the disk */
  window(pause: () => Promise<void> = async () => {}): BudgetLedger {
    return {
      read: async (since) => {
        this.reads++;
        await pause();
        if (this.failure) throw this.failure;
        return this.spendings.filter(({ day }) => day >= since);
      },
      claim: async (name) => {
        await pause();
        if (this.failure) throw this.failure;
        if (this.claimed.includes(name)) return false;
        this.claimed.push(name);
        return true;
      },
    };
  }
}
