import { type Disposable, l10n, type Memento, window } from "vscode";
import { readingTime } from "../../common/readingTime";
import { toUsd } from "../../spending/amounts";
import { budgetOf, withBudget } from "../../spending/budgetSetting";
import { type RaisedBudget, raisedBudgets } from "../../spending/raisedBudgets";
import { confirm } from "../confirm";
import { onDidChangeBudgets, readBudgets, writeBudget } from "./budgetSettings";
import { budgetAmount, spenderText } from "./budgetTexts";

/** Where windows share what the user knows of. */
export interface BudgetWatchState extends Pick<Memento, "get" | "update"> {
  /** Reads what other windows have written, where `get` doesn't return that already. */
  load?(): Promise<void>;
}

/** The value of the setting as the user has set it in our dialogs, or has been told of it. */
const knownName = "knownBudgets";

/**
 * Any extension can write settings, and so raise its own budget. Tells the user of budgets that were raised or removed
 * elsewhere than in our dialogs, in the window that has the focus, and offers to undo it.
 */
export class BudgetWatch {
  readonly #subscriptions: Disposable[];
  #writes = 0;
  #last: Promise<void> = Promise.resolve();

  /** @param report shows why undoing failed */
  constructor(
    private readonly state: BudgetWatchState,
    private readonly report: (error: unknown) => void,
  ) {
    this.#subscriptions = [
      onDidChangeBudgets(() => void this.check()),
      window.onDidChangeWindowState(() => void this.check()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Looks whether a budget was raised, maybe while no window was open. Resolves when what is shown is shown. */
  check(): Promise<void> {
    this.#last = this.#last.then(() => this.#check()).catch(this.report);
    return this.#last;
  }

  /** As `writeBudget`, for a change that the user makes in our dialogs. */
  async write(extension: string, usd: number | undefined): Promise<void> {
    this.#writes++;
    try {
      await writeBudget(extension, usd);
      // Only that: another budget may have been raised meanwhile.
      await this.state.update(knownName, withBudget(this.#known, extension, usd));
    } finally {
      this.#writes--;
    }
    void this.check();
  }

  get #known(): unknown {
    const known = this.state.get<unknown>(knownName);
    return isValid(known) ? known : {};
  }

  async #check(): Promise<void> {
    if (!window.state.focused) return;
    await this.state.load?.();
    if (this.#writes > 0) return;
    const known = this.#known;
    const current = readBudgets();
    // What is invalid is still being typed, and allows nothing.
    if (!isValid(current) || JSON.stringify(known) === JSON.stringify(current)) return;
    await this.state.update(knownName, current);
    const raised = raisedBudgets(known, current);
    if (raised.length > 0) void this.#tell(raised, known).catch(this.report);
  }

  async #tell(raised: readonly RaisedBudget[], before: unknown): Promise<void> {
    const undo = l10n.t("Undo");
    const changes = raised.map(raisedText).join(" ");
    const origin = l10n.t("This was done in the settings, by you or by an extension.");
    const shown = performance.now();
    const chosen = await window.showWarningMessage(`${changes} ${origin}`, undo);
    // Any extension can close notifications by a command, but no dialog.
    const wasRead = performance.now() - shown >= readingTime;
    if (chosen !== undo && (wasRead || !(await confirm(changes, origin, undo)))) return;
    for (const { extension } of raised) {
      const budget = budgetOf(before, extension);
      const isOwn = budget !== undefined && budget !== "invalid" && budget.isOwn;
      await this.write(extension, isOwn ? toUsd(budget.amount) : undefined);
    }
  }
}

const isValid = (setting: unknown) =>
  setting instanceof Object &&
  Object.keys(setting).every((extension) => budgetOf(setting, extension) !== "invalid");

const raisedText = ({ extension, before, after }: RaisedBudget) =>
  after === undefined
    ? l10n.t("The budget of {0}, {1} a month, was removed.", spenderText(extension), budgetAmount(before))
    : l10n.t(
        "The budget of {0} was raised from {1} to {2} a month.",
        ...[spenderText(extension), budgetAmount(before), budgetAmount(after)],
      );
