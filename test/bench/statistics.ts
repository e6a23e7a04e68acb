/** One row of the table: what was measured, and another measurement of the same run to compare it with. */
export interface Row {
  what: string;
  unit: "ms" | "KB" | "bytes" | "";
  samples: number[];
  beside?: { what: string; samples: number[] } | undefined;
  goal?: string;
}

export const median = (samples: number[]): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle) - 1] ?? Number.NaN)) / 2;
};

/** A Markdown table of the rows: medians, minimum and maximum, and the ratio of medians. */
export function table(rows: Row[]): string {
  const lines = rows.map(({ what, unit, samples, beside, goal = "" }) => {
    const ratio = beside ? `${round(median(samples) / median(beside.samples))} × ${beside.what}` : "";
    const range = samples.length > 1 ? `${round(Math.min(...samples))}–${round(Math.max(...samples))}` : "";
    return [what, `${round(median(samples))} ${unit}`.trim(), range, String(samples.length), ratio, goal];
  });
  const cells = [["", "Median", "Least–most", "Runs", "Beside", "Goal"], ...lines];
  const widths = cells[0]?.map((_, i) => Math.max(3, ...cells.map((line) => line[i]?.length ?? 0))) ?? [];
  const draw = (line: string[]) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [draw(head), draw(widths.map((width) => "-".repeat(width))), ...body.map(draw)].join("\n");
}

/** Three significant digits; whole numbers from 100 on. */
const round = (value: number) =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
