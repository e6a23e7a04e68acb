import { isObject } from "../common/isObject";
import { type AppliedBudget, budgetOf } from "./budgetSetting";

/** A budget that is higher than it was, or gone. In billionths of a USD. */
export interface RaisedBudget {
  /** As the setting has it: an extension's id, or `forAllOthers`. */
  readonly extension: string;
  readonly before: number;
  /** Undefined where none applies anymore. */
  readonly after: number | undefined;
}

/** The budgets of one value of the setting that are higher in another, or gone there. */
export function raisedBudgets(before: unknown, after: unknown): RaisedBudget[] {
  const names = [before, after].flatMap((setting) => (isObject(setting) ? Object.keys(setting) : []));
  const unique = new Map(names.map((name) => [name.toLowerCase(), name]));
  return [...unique.values()].flatMap((extension) => {
    const [old, current] = [budgetOf(before, extension), budgetOf(after, extension)];
    if (!isRaised(old, current) || old === undefined) return [];
    return [{ extension, before: amountOf(old), after: current && amountOf(current) }];
  });
}

/** Whether more may be spent than before. */
export const isRaised = (before: AppliedBudget, after: AppliedBudget): boolean =>
  before !== undefined && (after === undefined || amountOf(after) > amountOf(before));

/** With an invalid budget, nothing may be spent. */
const amountOf = (budget: NonNullable<AppliedBudget>) => (budget === "invalid" ? 0 : budget.amount);
