// The part of docs/performance.md that is made from docs/performance.json.
import { goalText } from "./goals";
import type { Report, Row } from "./report";
import { round } from "./statistics";

/** A Markdown table of the rows: medians, least and most, and the ratio of medians. */
export function table(rows: Row[]): string {
  const cells = [["", "Median", "Least–most", "Runs", "Compared", "Goal"], ...rows.map(rowCells)];
  const widths = cells[0]?.map((_, i) => Math.max(3, ...cells.map((line) => line[i]?.length ?? 0))) ?? [];
  const draw = (line: string[]) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [draw(head), draw(widths.map((width) => "-".repeat(width))), ...body.map(draw)].join("\n");
}

function rowCells(row: Row): string[] {
  const { text, unit, median, min, max, runs, comparedWith } = row;
  const range = runs > 1 ? `${round(min)}–${round(max)}` : "";
  const ratio = comparedWith ? `${comparedWith.ratio} × ${comparedWith.name}` : "";
  return [text, `${round(median)} ${unit}`.trim(), range, String(runs), ratio, goalText(row)];
}

/** The page with this report in the place of the last one. */
export function pageWith(page: string, { date, machine, rows }: Report): string {
  const place = /(?<=<!-- bench -->).*(?=<!-- \/bench -->)/s;
  if (!place.test(page))
    throw new Error("The page has no place for the table: <!-- bench --><!-- /bench -->");
  return page.replace(place, () => `\n\n${machine}, ${date}.\n\n${table(rows)}\n\n`);
}
