import type { JsonObject } from "./answer";
import type { ChatRequestBody } from "./chatRequest";
import { type ChatScript, piecesOf, type ScriptPart, type StreamError } from "./chatScript";

/** How an answer with status 200 goes wrong, or comes in an unusual form. */
export interface StreamFault {
  /** Says something else than the script. */
  script?(script: ChatScript, request: ChatRequestBody): ChatScript;
  /** Sends this for a chunk: chunks, or data as it stands. */
  chunk?(chunk: JsonObject): readonly (JsonObject | string)[];
  /** Default "\n". */
  lineEnd?: "\r\n";
  /** Begins with a byte order mark. */
  bom?: boolean;
  /** Comments between all lines. */
  comments?: boolean;
  /** Fields that a stream may have, and that mean nothing here, before each chunk. */
  otherFields?: boolean;
  /** `data:{` instead of `data: {`. */
  withoutSpace?: boolean;
  /** Cuts the stream into pieces of that many bytes, anywhere. */
  bytesAtATime?: number;
  /** Ends without `[DONE]`. */
  withoutDone?: boolean;
  /** Answers in one piece of JSON, as if no stream had been asked for. */
  inOnePiece?: boolean;
}

export const streamFaults = {
  // These are right, if unusual.
  crLf: { lineEnd: "\r\n" },
  bom: { bom: true },
  oneByteAtATime: { bytesAtATime: 1 },
  commentsEverywhere: { comments: true },
  nullDeltas: { chunk: nulls },
  /** One chunk in several lines, as the standard allows. */
  manyLines: { chunk: (chunk) => [JSON.stringify(chunk, null, 1)] },
  withoutSpace: { withoutSpace: true },
  otherFields: { otherFields: true },
  withoutUsage: { script: (script) => ({ ...script, usage: null }) },
  unknownFields: { chunk: (chunk) => [{ later: { added: 1 }, ...chunk }] },
  usageInLastChoice: { script: usageInLastChoice },

  // These end in an error, or say that nothing came.
  emptyChoices: { chunk: (chunk) => [{ ...chunk, choices: [] }] },
  nothing: { script: (script) => ({ ...script, parts: [] }) },
  length: { script: (script) => ({ ...script, finishReason: "length" }) },
  lengthInToolCall: {
    script: (script, request) => ({
      ...script,
      finishReason: "length",
      parts: [{ toolCalls: [{ name: aTool(request), arguments: '{"path": "/etc/ho' }] }],
    }),
  },
  contentFilter: { script: (script) => ({ ...inMiddle(script), finishReason: "content_filter" }) },
  finishReasonError: { script: (script) => ({ ...inMiddle(script), finishReason: "error" }) },
  withoutFinishReason: { script: (script) => ({ ...script, finishReason: null }) },
  stall: { script: (script) => inMiddle(script, { end: "stall" }) },
  stallAtOnce: { script: () => ({ parts: [{ end: "stall" }] }) },
  closed: { script: (script) => inMiddle(script, { end: "close" }) },
  reset: { script: (script) => inMiddle(script, { end: "reset" }) },
  withoutDone: { withoutDone: true },
  inOnePiece: { inOnePiece: true },
  hugeLine: {
    script: (script) => inMiddle(script, { chunk: { padding: "x".repeat(5_000_000), choices: [] } }),
  },
  invalidJson: { script: (script) => inMiddle(script, { raw: 'data: {"id":"gen-1","choices":[{"del\n\n' }) },
  notAnObject: { script: (script) => inMiddle(script, { raw: 'data: "Hello"\n\n' }) },
  wrongTypes: { script: (script) => inMiddle(script, { chunk: { choices: [{ delta: { content: 5 } }] } }) },
  refusal: { script: () => ({ parts: [{ refusal: "I can't help " }, { refusal: "with that." }] }) },
  argumentsNotJson: { script: toolCalls((name) => [{ name, arguments: '{"path": nowhere}' }]) },
  argumentsNotAnObject: { script: toolCalls((name) => [{ name, arguments: '["a", "b"]' }]) },
  toolCallWithoutId: { script: toolCalls((name) => [{ name, id: "" }]) },
  toolCallWithoutName: { script: toolCalls(() => [{ name: "" }]) },
  duplicateToolCallIds: {
    script: toolCalls((name) => [
      { name, id: "call_twice", arguments: { path: "a" } },
      { name, id: "call_twice", arguments: { path: "b" } },
    ]),
  },
} satisfies Record<string, StreamFault>;

/** An error in the middle: `failsWith(streamErrors.provider_overloaded)`. */
export function failsWith(error: StreamError): StreamFault {
  return { script: (script) => inMiddle(script, { error }) };
}

/** The first half of what a script says, and then this. */
export function inMiddle(script: ChatScript, ...then: ScriptPart[]): ChatScript {
  const parts = script.parts.flatMap((part): ScriptPart[] => {
    if (typeof part === "string") return piecesOf(part, 2);
    return "text" in part ? [...part.text] : [part];
  });
  const half = Math.ceil(parts.length / 2);
  return {
    ...script,
    parts: [...parts.slice(0, half), ...then, ...(then.some(isEnd) ? [] : parts.slice(half))],
  };
}

const isEnd = (part: ScriptPart) => typeof part === "object" && ("end" in part || "error" in part);

/** As some providers end: the finish reason comes with the usage, and nothing after it. */
function usageInLastChoice(script: ChatScript): ChatScript {
  return {
    ...script,
    usage: null,
    finishReason: null,
    parts: [
      ...script.parts,
      {
        chunk: {
          choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: "stop" }],
          usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.0001 },
        },
      },
    ],
  };
}

function toolCalls(calls: (name: string) => Extract<ScriptPart, { toolCalls: unknown }>["toolCalls"]) {
  return (script: ChatScript, request: ChatRequestBody): ChatScript => ({
    ...script,
    parts: [...script.parts, { toolCalls: calls(aTool(request)) }],
  });
}

/** The name of a tool that the request has, or of one that might exist. */
function aTool({ tools = [] }: ChatRequestBody): string {
  for (const tool of tools)
    if (tool.type === "function") return (tool as { function: { name: string } }).function.name;
  return "read_file";
}

/** Before each chunk one whose delta is `null`, and all that a delta doesn't have is `null`. */
function nulls(chunk: JsonObject): JsonObject[] {
  const choices = chunk.choices as (JsonObject & { delta: JsonObject })[];
  if (choices.length === 0) return [chunk];
  const missing = {
    content: null,
    reasoning: null,
    reasoning_details: null,
    refusal: null,
    tool_calls: null,
  };
  const filled = choices.map((choice) => ({ ...choice, delta: { ...missing, ...choice.delta } }));
  const empty = choices.map((choice) => ({ ...choice, delta: null, finish_reason: null }));
  return [
    { ...chunk, choices: empty, usage: null },
    { ...chunk, choices: filled, usage: null },
  ];
}
