import { isObject } from "../common/isObject";
import { fromUsd } from "./amounts";

/** What an extension may spend in a calendar month. */
export interface Budget {
  /** In billionths of a USD. */
  readonly amount: number;
  /** Whether it's the extension's own, rather than the one for all that have none. */
  readonly isOwn: boolean;
}

/** "invalid" where the setting doesn't say how much: nothing may be spent then. Undefined where no budget applies. */
export type AppliedBudget = Budget | "invalid" | undefined;

/** The entry of the setting for all extensions that have none of their own. No extension can be called that. */
export const forAllOthers = "*";

/**
 * The budget that applies to an extension. Of two entries that differ only in case, the lower one counts.
 * @param setting the value of `connectOpenRouter.extensionBudgets`: USD a month by the extension's id
 * @param extension its id, in any case; "" for one that VS Code doesn't name
 */
export function budgetOf(setting: unknown, extension: string): AppliedBudget {
  if (!isObject(setting)) return "invalid";
  const own = amountOf(setting, extension);
  const amount = own ?? amountOf(setting, forAllOthers);
  return typeof amount === "number" ? { amount, isOwn: own !== undefined } : amount;
}

/**
 * The setting with this budget for the extension, and without any of another case. Throws `TypeError` where the
 * setting isn't an object, which nobody but the user may replace.
 * @param usd a month; undefined removes the extension's own budget
 */
export function withBudget(setting: unknown, extension: string, usd: number | undefined): object {
  if (!isObject(setting)) throw new TypeError("The budgets in the settings aren't an object");
  const entries = Object.entries(setting);
  const name = entries.find(([id]) => isSame(id, extension))?.[0] ?? extension;
  const others = entries.filter(([id]) => !isSame(id, extension));
  return Object.fromEntries(usd === undefined ? others : [...others, [name, usd]]);
}

function amountOf(setting: object, extension: string): number | "invalid" | undefined {
  const values = Object.entries(setting).flatMap(([id, value]) => (isSame(id, extension) ? [value] : []));
  if (values.length === 0) return undefined;
  const isValid = values.every((value) => Number.isFinite(value) && value >= 0);
  return isValid ? fromUsd(Math.min(...values)) : "invalid";
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
