import { isObject } from "../common/isObject";
import { parseJson } from "../common/parseJson";
import { type Amounts, amountsOf } from "./amounts";
import type { Spender } from "./spending";

/** What one spender took, on the day of the file. */
export type LedgerRow = Spender & Amounts;

/** What a file of the ledger says. */
export interface LedgerPage {
  readonly rows: readonly LedgerRow[];
  /** The sources of the files that were put together in this one, and no longer count. */
  readonly covers: readonly string[];
}

const version = 1;

/** A row's amounts in their order, after the places of its names. */
const columns = [
  "requests",
  "estimatedRequests",
  "promptTokens",
  "cachedTokens",
  "completionTokens",
  "reasoningTokens",
  "cost",
  "estimatedCost",
  "upstreamCost",
] as const satisfies readonly (keyof Amounts)[];

/** As JSON in few bytes: each name once, and a row as numbers. */
export function ledgerText({ rows, covers }: LedgerPage): string {
  const names = [...new Set(rows.flatMap(({ extension, model, key }) => [extension, model, key]))];
  const places = new Map(names.map((name, i) => [name, i]));
  const place = (name: string) => places.get(name) ?? -1;
  const table = rows.map((row) => [
    place(row.extension),
    place(row.model),
    place(row.key),
    ...columns.map((name) => row[name]),
  ]);
  return JSON.stringify({ version, ...(covers.length > 0 && { covers }), names, rows: table });
}

/** Undefined where that isn't what `ledgerText` returns, of this version. */
export function parseLedgerText(text: string): LedgerPage | undefined {
  const file = parseJson(text);
  const { version: written, names, rows, covers = [] } = isObject(file) ? file : {};
  if (written !== version) return undefined;
  if (!isTexts(names) || !isTexts(covers) || !Array.isArray(rows)) return undefined;
  const parsed = rows.map((row) => parseRow(row, names));
  return parsed.every((row) => row !== undefined) ? { rows: parsed, covers } : undefined;
}

function parseRow(row: unknown, names: readonly string[]): LedgerRow | undefined {
  if (!Array.isArray(row) || row.length !== 3 + columns.length || !row.every(isCount)) return undefined;
  const [extension, model, key] = row.slice(0, 3).map((place) => names[place]);
  if (extension === undefined || model === undefined || key === undefined) return undefined;
  return { extension, model, key, ...amountsOf((name) => row[3 + columns.indexOf(name)] ?? 0) };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
