import type { ChatFailure } from "../../src/models/chatError";
import type { chatProblems } from "./chatProblems";
import type { streamFaults } from "./streamFaults";

/** How an answer ends: complete, in one of three ways, or with an error. */
export type ChatOutcome = ChatFailure | "right" | "length" | "tool_calls";

export const isError = (outcome: ChatOutcome): outcome is ChatFailure =>
  outcome !== "right" && outcome !== "length" && outcome !== "tool_calls";

/** What each faulty stream means. Run in both extension hosts. */
export const streamOutcomes: Record<keyof typeof streamFaults, ChatOutcome> = {
  crLf: "right",
  bom: "right",
  oneByteAtATime: "right",
  commentsEverywhere: "right",
  nullDeltas: "right",
  manyLines: "right",
  withoutSpace: "right",
  otherFields: "right",
  withoutUsage: "right",
  unknownFields: "right",
  usageInLastChoice: "right",
  withoutFinishReason: "right",
  withoutDone: "right",
  refusal: "right",
  nothing: "right",
  length: "length",
  toolCallWithoutId: "tool_calls",
  duplicateToolCallIds: "tool_calls",
  emptyChoices: "interrupted",
  lengthInToolCall: "cutOff",
  contentFilter: "filtered",
  finishReasonError: "providerError",
  stall: "stalled",
  stallAtOnce: "stalled",
  closed: "interrupted",
  reset: "interrupted",
  inOnePiece: "badStream",
  hugeLine: "badStream",
  invalidJson: "badStream",
  notAnObject: "badStream",
  wrongTypes: "badStream",
  argumentsNotJson: "badToolCall",
  argumentsNotAnObject: "badToolCall",
  toolCallWithoutName: "badToolCall",
};

/** What each refusal means. */
export const problemOutcomes: Record<keyof typeof chatProblems, ChatFailure> = {
  invalidRequest: "badRequest",
  promptTooLong: "promptTooLong",
  promptTooLongForProvider: "promptTooLong",
  keyRefused: "keyRefused",
  noKey: "keyRefused",
  outOfCredits: "outOfCredits",
  outOfCreditsUntyped: "outOfCredits",
  tooFewCredits: "tooFewCredits",
  tooFewCreditsInKey: "keyLimit",
  promptTooExpensive: "tooFewCredits",
  keyLimit: "keyLimit",
  keyLimitMonthly: "keyLimit",
  notPermitted: "notPermitted",
  regionRestricted: "noEndpoint",
  moderated: "moderated",
  guardrail: "guardrail",
  noEndpoint: "noEndpoint",
  noEndpointUntyped: "noEndpoint",
  noEndpointForGuardrail: "noEndpoint",
  constraintFiltered: "noEndpoint",
  modelGone: "modelGone",
  modelGoneUpstream: "modelGone",
  modelGoneUntyped: "modelGone",
  freeEnded: "modelGone",
  unknownModel: "modelGone",
  noToolUse: "badRequest",
  noImageInput: "badRequest",
  timeout: "overloaded",
  tooLarge: "tooLarge",
  unprocessable: "badRequest",
  rateLimited: "rateLimited",
  rateLimitedByPlatform: "rateLimited",
  capacityExhausted: "rateLimited",
  freeRateLimited: "freeRateLimited",
  freeRateLimitedToday: "freeRateLimited",
  freeRateLimitedUpstream: "rateLimited", // of a model without `:free`
  server: "server",
  badGateway: "overloaded",
  overloaded: "overloaded",
  edgeTimeout: "overloaded",
  providerOverloaded: "overloaded",
};

/** The refusals whose wait is short enough for a second request. */
export const triedAgain: readonly (keyof typeof chatProblems)[] = ["rateLimited", "overloaded"];
