import { type Amounts, sum } from "./amounts";
import type { Spending } from "./spending";

const columns = [
  "day",
  "extension",
  "model",
  "requests",
  "requests_with_estimated_cost",
  "input_tokens",
  "cached_input_tokens",
  "output_tokens",
  "reasoning_tokens",
  "cost_usd",
  "estimated_part_of_cost_usd",
  "provider_keys_cost_usd",
];

/**
 * What was spent as CSV (RFC 4180), in the same form in every language, since programs read it: by day, extension,
 * and model. Input includes cached tokens, and output those of reasoning.
 */
export function spendingCsv(spendings: readonly Spending[]): string {
  const groups = new Map<string, Spending[]>();
  for (const spending of spendings) {
    const id = JSON.stringify([spending.day, spending.extension, spending.model]);
    const group = groups.get(id);
    if (group) group.push(spending);
    else groups.set(id, [spending]);
  }
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = rows.flatMap(([, group]) => (group[0] ? [line(group[0], sum(group))] : []));
  return [columns, ...lines].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

const line = ({ day, extension, model }: Spending, amounts: Amounts): string[] => [
  day,
  extension,
  model,
  String(amounts.requests),
  String(amounts.estimatedRequests),
  String(amounts.promptTokens),
  String(amounts.cachedTokens),
  String(amounts.completionTokens),
  String(amounts.reasoningTokens),
  usd(amounts.cost),
  usd(amounts.estimatedCost),
  usd(amounts.upstreamCost),
];

/** Exactly, and never as 1e-9, which not every program reads. */
function usd(billionths: number): string {
  const digits = String(billionths).padStart(10, "0");
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, "");
}

/** What spreadsheets take for a formula, also in full width (OWASP, "CSV Injection"), even where spaces precede it. */
const formula = /^[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** An apostrophe makes text of what would be a formula. */
function cell(text: string): string {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
