import { errorText, type Log } from "../common/log";
import { withTimeLimit } from "../common/timeLimit";
import { spent, sum, toUsd } from "./amounts";
import { type AppliedBudget, type Budget, budgetOf } from "./budgetSetting";
import type { Spending } from "./spending";
import { firstOfMonth, firstOfNextMonth, utcDay } from "./utcDays";

/** Milliseconds for reading what was spent. */
const timeLimit = 10_000;

/** The part of the ledger in use. */
export interface BudgetLedger {
  /** What all windows have spent since that day; requests that are running with their estimate. */
  read(since: string): Promise<readonly Spending[]>;
  /** True for one caller in all windows, once for each name. */
  claim(name: string): Promise<boolean>;
}

/** What the budgets need from the editor. */
export interface BudgetsHost {
  /** Milliseconds since the epoch. */
  now(): number;
  /** The value of the setting `extensionBudgets`. */
  setting(): unknown;
  /** Tells the user that an extension has spent most of its budget, or all of it. */
  warn(state: BudgetState & { readonly budget: Budget }): void;
  readonly log: Pick<Log, "warn">;
}

/** What an extension has spent in this calendar month (UTC), and may spend. */
export interface BudgetState {
  readonly extension: string;
  /** In billionths of a USD, over all keys, with the estimates of the requests that are running. */
  readonly spent: number;
  readonly budget: AppliedBudget;
  /** The first day that counts, such as "2026-11-01". */
  readonly since: string;
  /** The day on which it starts again. */
  readonly resets: string;
}

/** A budget that is used up: amounts in USD, and days such as "2026-11-01". */
export interface UsedBudget {
  readonly spent: number;
  readonly budget: number;
  readonly since: string;
  readonly resets: string;
}

/** Whether nothing more may be spent. */
export const isUsedUp = ({ spent, budget }: Pick<BudgetState, "spent"> & { readonly budget: Budget }) =>
  spent >= budget.amount;

/** Whether four fifths of it are spent, by whole numbers. */
const isNearlyUsedUp = (spent: number, { amount }: Budget) => spent * 5 >= amount * 4;

/** Holds each extension to what it may spend in a calendar month (UTC), in all windows together. */
export class Budgets {
  /** The names of the warnings that this window no longer has to ask the ledger about. */
  readonly #warned = new Set<string>();

  constructor(
    private readonly ledger: BudgetLedger,
    private readonly host: BudgetsHost,
  ) {}

  /** The budget that applies to this extension. */
  budgetOf(extension: string): AppliedBudget {
    return budgetOf(this.host.setting(), extension);
  }

  /** What each extension has spent this month. Rejects where that can't be read. */
  async month(): Promise<(extension: string) => BudgetState> {
    const since = firstOfMonth(utcDay(this.host.now()));
    const resets = firstOfNextMonth(since);
    const read = await withTimeLimit(this.ledger.read(since), timeLimit);
    const ofMonth = read.filter(({ day }) => day >= since && day < resets);
    return (extension) => {
      const id = extension.toLowerCase();
      const total = spent(sum(ofMonth.filter((spending) => spending.extension === id)));
      return { extension: id, spent: total, budget: this.budgetOf(id), since, resets };
    };
  }

  /**
   * Why a request of this extension must not be sent: its budget is used up, or the setting is invalid. Undefined
   * where it may be. Rejects where there is a budget, and what was spent can't be read.
   * @param noted what the ledger already has of this very request, in billionths of a USD
   */
  async check(extension: string, noted = 0): Promise<UsedBudget | "invalid" | undefined> {
    if (this.budgetOf(extension) === undefined) return undefined; // without reading
    const state = (await this.month())(extension);
    const { budget, since, resets } = state;
    if (budget === undefined || budget === "invalid") return budget;
    const known = { ...state, spent: state.spent - noted, budget };
    void this.#warn(known);
    if (!isUsedUp(known)) return undefined;
    return { spent: toUsd(known.spent), budget: toUsd(budget.amount), since, resets };
  }

  /** To be called when a request has ended, and its cost is in the ledger: warns if most of the budget is spent. */
  async requestEnded(extension: string): Promise<void> {
    try {
      await this.check(extension);
    } catch (error) {
      this.host.log.warn(`Can't read what ${extension} has spent: ${errorText(error)}`);
    }
  }

  /** Once in all windows for each extension, month, and budget. Of a budget of nothing, nothing is spent. */
  async #warn(state: BudgetState & { readonly budget: Budget }): Promise<void> {
    const { extension, budget, since } = state;
    const name = `${since.slice(0, 7)}/${extension}/${budget.amount}`;
    if (budget.amount === 0 || this.#warned.has(name) || !isNearlyUsedUp(state.spent, budget)) return;
    this.#warned.add(name);
    try {
      if (await this.ledger.claim(name)) this.host.warn(state);
    } catch (error) {
      this.host.log.warn(`Can't note that ${extension} has spent most of its budget: ${errorText(error)}`);
      this.host.warn(state); // rather in each window than in none
    }
  }
}
