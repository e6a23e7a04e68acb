// docs/performance.json: what one run of the bench measured, in a form that a script can compare with the next run.
import type { Goal } from "./goals";
import { median, round } from "./statistics";

/** What a part of the bench hands over for one row. */
export interface Measurement {
  /** The name by which runs are compared, so it stays the same when the text changes. */
  id: string;
  text: string;
  unit: "ms" | "KB" | "";
  samples: number[];
  /** A size or a count that is the same in every run. */
  exact?: boolean;
  /** Another measurement of the same run. */
  comparedWith?: { id: string; name: string };
  goal?: Goal;
}

/** A measurement without its samples. Rounded, so that a diff of two runs shows what's worth reading. */
export interface Row extends Omit<Measurement, "samples" | "comparedWith"> {
  median: number;
  min: number;
  max: number;
  runs: number;
  /** `ratio` is that of the medians: this row's divided by the other's. */
  comparedWith?: { id: string; name: string; ratio: number };
}

export interface Report {
  /** The day of the run, as 2026-12-31. */
  date: string;
  machine: string;
  rows: Row[];
}

/** Summarizes the samples of one run. */
export function createReport(date: string, machine: string, measurements: Measurement[]): Report {
  return { date, machine, rows: measurements.map((measurement) => createRow(measurement, measurements)) };
}

function createRow(measurement: Measurement, all: Measurement[]): Row {
  const { id, text, unit, exact, samples, comparedWith, goal } = measurement;
  // In KB, three digits are bytes.
  const digits = exact ? (value: number) => Number(value.toFixed(3)) : round;
  return {
    id,
    text,
    unit,
    exact,
    median: digits(median(samples)),
    min: digits(Math.min(...samples)),
    max: digits(Math.max(...samples)),
    runs: samples.length,
    comparedWith: comparedWith && { ...comparedWith, ratio: ratio(samples, comparedWith.id, all) },
    goal,
  };
}

function ratio(samples: number[], id: string, all: Measurement[]): number {
  const other = all.find((measurement) => measurement.id === id);
  if (!other) throw new Error(`${id} was not measured`);
  return round(median(samples) / median(other.samples));
}

/** The text of docs/performance.json, formatted as Biome does. */
export const formatReport = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
