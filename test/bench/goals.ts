import type { Row } from "./report";

/** What a row must not exceed: its median, in its unit, or the ratio to the row that it's compared with. */
export interface Goal {
  max?: number;
  maxRatio?: number;
  minRatio?: number;
}

/** The goal as a reader sees it, such as "≤ 2 × empty". */
export function goalText({ unit, comparedWith, goal }: Row): string {
  if (!goal) return "";
  if (goal.max !== undefined) return `≤ ${goal.max} ${unit}`.trim();
  if (goal.maxRatio !== undefined) return `≤ ${goal.maxRatio} × ${comparedWith?.name}`;
  return `≥ ${goal.minRatio} × ${comparedWith?.name}`;
}

/** Whether the row meets its goal. A ratio that wasn't measured meets none. */
export function meetsGoal({ median, comparedWith, goal = {} }: Row): boolean {
  const { max, maxRatio, minRatio } = goal;
  const ratio = comparedWith?.ratio ?? Number.NaN;
  return (
    (max === undefined || median <= max) &&
    (maxRatio === undefined || ratio <= maxRatio) &&
    (minRatio === undefined || ratio >= minRatio)
  );
}
