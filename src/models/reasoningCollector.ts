import type { ReasoningDetail } from "../openrouter/chat";

/** The fields of a detail that come in pieces. */
const pieces = ["text", "summary", "data"] as const;

/**
 * Puts the reasoning of an answer together. Details come in pieces, and must be whole when they are sent back:
 * a signature is that of the whole text.
 */
export class ReasoningCollector {
  /** In the order in which they began. */
  readonly details: ReasoningDetail[] = [];

  add(piece: ReasoningDetail): void {
    const at = this.details.findLastIndex((detail) => isSameDetail(detail, piece));
    const detail = this.details[at];
    // Without an index, only consecutive pieces belong together.
    const isNew = !detail || (isNothing(piece.index) && at < this.details.length - 1);
    if (isNew) this.details.push(piece);
    else this.details[at] = merge(detail, piece);
  }
}

/** What `piece` has for users to read. */
export function readableText({ type, text, summary }: ReasoningDetail): string {
  const readable = type === "reasoning.text" ? text : type === "reasoning.summary" ? summary : undefined;
  return typeof readable === "string" ? readable : "";
}

/** With an index, the ID may be missing: only the first, or only the last, piece of a detail has it. */
function isSameDetail(a: ReasoningDetail, b: ReasoningDetail): boolean {
  const [{ id }, { id: otherId }] = [a, b];
  const isIdUnclear = !isNothing(b.index) && (isNothing(id) || isNothing(otherId));
  return a.type === b.type && isSame(a.index, b.index) && (isSame(id, otherId) || isIdUnclear);
}

function merge(detail: ReasoningDetail, piece: ReasoningDetail): ReasoningDetail {
  const merged: Record<string, unknown> & ReasoningDetail = { ...detail, ...piece };
  for (const name of Object.keys(piece)) {
    if (piece[name] === null && Object.hasOwn(detail, name)) merged[name] = detail[name];
  }
  for (const name of pieces) {
    const [before, after] = [detail[name], piece[name]];
    if (typeof before === "string" && typeof after === "string") merged[name] = before + after;
  }
  return merged;
}

const isNothing = (value: unknown) => value === undefined || value === null;

const isSame = (a: unknown, b: unknown) => (a ?? undefined) === (b ?? undefined);
