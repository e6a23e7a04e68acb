import type { Report, Row } from "../bench/report";

/** A row of a report, with the same text as ID. */
export const row = (id: string, median: number, more: Partial<Row> = {}): Row => ({
  id,
  text: id,
  unit: "ms",
  median,
  min: median,
  max: median,
  runs: 15,
  ...more,
});

export const report = (...rows: Row[]): Report => ({ date: "2026-01-31", machine: "M", rows });

/** How a row compares with the row of this name. */
export const ratio = (value: number, name = "empty") => ({
  comparedWith: { id: name, name, ratio: value },
});
