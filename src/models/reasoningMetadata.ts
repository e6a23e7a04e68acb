import { isObject } from "../common/isObject";
import type { ReasoningDetail } from "../openrouter/chat";

/** What a thinking part carries, so that the reasoning comes back unchanged, and to the model that it is from. */
export interface ReasoningMetadata {
  /** The ID that the request named. */
  readonly model: string;
  /** Left out where OpenRouter sent only text. */
  readonly reasoning_details?: readonly ReasoningDetail[];
}

/** The metadata of the last thinking part of an answer. */
export const reasoningMetadata = (
  model: string,
  details: readonly ReasoningDetail[] = [],
): ReasoningMetadata => ({ model, ...(details.length > 0 && { reasoning_details: details }) });

/** Undefined where it isn't ours: the part is of another provider, or the host dropped it. */
export function readReasoningMetadata(metadata: unknown): ReasoningMetadata | undefined {
  const { model, reasoning_details: details } = isObject(metadata) ? metadata : {};
  if (typeof model !== "string") return undefined;
  return reasoningMetadata(model, isDetails(details) ? details : undefined);
}

const isDetails = (value: unknown): value is ReasoningDetail[] =>
  Array.isArray(value) && value.every(isDetail);

function isDetail(value: unknown): boolean {
  const { type } = isObject(value) ? value : {};
  return typeof type === "string";
}
