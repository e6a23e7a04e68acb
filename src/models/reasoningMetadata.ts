import type { ReasoningDetail } from "../openrouter/chat";
import { isRecord } from "./isRecord";

/** What a thinking part carries, so that the reasoning comes back unchanged, and to the model that it is from. */
export interface ReasoningMetadata {
  /** The ID that the request named. */
  readonly model: string;
  /** Undefined where it isn't ours: the part is of another provider, or the host dropped it. */
export function readReasoningMetadata(metadata: unknown): ReasoningMetadata | undefined {
  const { model, reasoning_details: details } = isRecord(metadata) ? metadata : {};
  if (typeof model !== "string") return undefined;
  return reasoningMetadata(model, isDetails(details) ? details : undefined);
}

const isDetails = (value: unknown): value is ReasoningDetail[] => Array.isArray(value) && value.every(isDetail);

const isDetail = (value: unknown) => isRecord(value) && "type" in value && typeof value.type === "string";
