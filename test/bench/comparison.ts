import { goalText, meetsGoal } from "./goals";
import type { Report, Row } from "./report";

/** Sizes and counts have none. Two runs of the same code on the same day differ by almost this much. */
const tolerance = { factor: 2, heapInKB: 20 };

export interface Change {
  text: string;
  isBetter: boolean;
  /** Such as "1.9 × empty". */
  before: string;
  now: string;
}

/** The rows of `now` that got better or worse by more than the noise. */
export function changes(before: Report, now: Report): Change[] {
  return now.rows.flatMap((row) => {
    const last = before.rows.find(({ id }) => id === row.id);
    if (!last || isOnlyReference(row, now.rows)) return [];
    const [a, b] = [comparedValue(last), comparedValue(row)];
    // Another unit or another row to compare with. Times of another machine say nothing, unlike ratios.
    if (a.unit !== b.unit || (b.needsSameMachine && before.machine !== now.machine)) return [];
    if (!differ(a.value, b.value, row)) return [];
    const shrank = b.value < a.value;
    const isBetter = row.goal?.minRatio === undefined ? shrank : !shrank;
    const text = (value: number) => `${value} ${b.unit}`.trim();
    return [{ text: row.text, isBetter, before: text(a.value), now: text(b.value) }];
  });
}

/** Rows about others, such as an empty extension, can't get better or worse: they're there to compare with. */
const isOnlyReference = (row: Row, rows: Row[]) =>
  !row.goal && !row.comparedWith && rows.some(({ comparedWith }) => comparedWith?.id === row.id);

/** What is compared with the last run: ratios where there are some, except for what is the same in every run. */
function comparedValue({ median, unit, exact, comparedWith }: Row) {
  if (exact || !comparedWith) return { value: median, unit, needsSameMachine: !exact };
  return { value: comparedWith.ratio, unit: `× ${comparedWith.name}`, needsSameMachine: false };
}

function differ(a: number, b: number, { exact, unit, comparedWith }: Row): boolean {
  if (exact) return a !== b;
  const [less = 0, more = 0] = [a, b].sort((x, y) => x - y);
  // A heap that hardly grows is measured as a little more or less than nothing.
  if (unit === "KB" && !comparedWith && more - less <= tolerance.heapInKB) return false;
  return less < more && more >= less * tolerance.factor;
}

/** What `npm run bench` prints below its table. There is no report before the first one. */
export function comparisonText(before: Report | undefined, now: Report): string {
  const limits = `sizes and counts: any change; ratios and times: from ${tolerance.factor} times on`;
  const changed = before
    ? list(
        `Changed since ${before.date} (${limits})`,
        changes(before, now).map(
          (change) =>
            `${change.isBetter ? "better" : "worse"}: ${change.text}, from ${change.before} to ${change.now}`,
        ),
      )
    : "There is no docs/performance.json to compare with.";
  const missed = now.rows.filter((row) => !meetsGoal(row));
  const goals = missed.map((row) => `${row.text}, ${comparedText(row)} instead of ${goalText(row)}`);
  return `${changed}\n\n${list("Goals not met", goals)}`;
}

const comparedText = ({ median, unit, comparedWith, goal }: Row) =>
  comparedWith && goal?.max === undefined
    ? `${comparedWith.ratio} × ${comparedWith.name}`
    : `${median} ${unit}`.trim();

const list = (title: string, lines: string[]) =>
  `${title}:\n${(lines.length > 0 ? lines : ["none"]).map((line) => `  ${line}`).join("\n")}`;
