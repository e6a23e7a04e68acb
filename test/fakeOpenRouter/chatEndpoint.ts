import type { IncomingHttpHeaders } from "node:http";
import type { Answer, StreamedAnswer } from "./answer";
import { type ApiParts, authenticate } from "./api";
import { billingProblem } from "./billing";
import { ChatAnswer } from "./chatAnswer";
import type { ChatApi } from "./chatApi";
import {
  capabilityProblem,
  conversationProblem,
  type ReasoningMemory,
  reasoningProblem,
  sizeProblem,
  windowOf,
} from "./chatChecks";
import type { Scripts } from "./chatScript";
import { writeStream } from "./chatStream";
import type { FakeModel } from "./fakeModel";
import type { IssuedKey } from "./keys";
import { findModel } from "./modelNames";
import { type RecordedChat, recordChat } from "./recordedChat";
import type { StreamFault } from "./streamFaults";
import { countPrompt } from "./tokens";

/** What the endpoint needs besides the parts of the other endpoints. */
export interface ChatParts extends ApiParts {
  readonly models: readonly FakeModel[];
  readonly presets: Readonly<Record<string, string>>;
  readonly scripts: Scripts;
  readonly chats: RecordedChat[];
  readonly reasoningMemory: ReasoningMemory;
  /** USD that the account has left. */
  credits(): number;
  charge(key: IssuedKey, usd: number): void;
}

export interface ChatCall {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request to a model: refuses what OpenRouter refuses, and lets the script answer the rest. */
export async function answerChat(
  api: ChatApi,
  call: ChatCall,
  parts: ChatParts,
  fault?: StreamFault,
): Promise<Answer | StreamedAnswer> {
  const answer = await answerOrRefuse(api, call, parts, fault);
  return "pieces" in answer ? answer : api.problem(answer);
}

async function answerOrRefuse(
  api: ChatApi,
  call: ChatCall,
  parts: ChatParts,
  fault: StreamFault = {},
): Promise<Answer | StreamedAnswer> {
  const key = authenticate({ authorization: api.authorization(call.headers) }, parts);
  if ("status" in key) return key;
  const request = api.parse(call.body);
  if ("refused" in request) return request.refused;
  const { body } = request;
  const found = findModel(body.model ?? body.models?.[0], parts);
  if ("refused" in found) return found.refused;
  const { model } = found;
  const promptTokens = await countPrompt(body);
  const refused =
    conversationProblem(body) ??
    capabilityProblem(body, model) ??
    reasoningProblem(body, model, parts.reasoningMemory) ??
    sizeProblem(body, model, promptTokens) ??
    billingProblem(model, key, parts.credits(), promptTokens, mostTokens(body, model, promptTokens));
  if (refused) return refused;

  const { recorded, follow } = recordChat(api.name, body, call.headers);
  parts.chats.push(recorded);
  const script = parts.scripts.next(body);
  const answer = new ChatAnswer({
    script: fault.script?.(script, body) ?? script,
    model,
    promptTokens,
    now: parts.now(),
    charge: (usd) => parts.charge(key, usd),
    remember: (id, details) => parts.reasoningMemory.set(id, { model: model.id, details }),
  });
  const asStream = body.stream && !fault.inOnePiece;
  return {
    status: 200,
    headers: {
      "Content-Type": asStream ? "text/event-stream" : "application/json",
      "Cache-Control": "no-cache",
      "X-Generation-Id": answer.context.id,
    },
    pieces: (left) =>
      follow(
        asStream
          ? writeStream(api.events(answer.events(), answer.context), fault, left)
          : answer.inOnePiece(api.result, left),
        left,
      ),
  };
}

/** The most tokens that the answer may have, and that must be affordable. */
function mostTokens(
  {
    max_completion_tokens,
    max_tokens,
  }: { max_completion_tokens?: number | null; max_tokens?: number | null },
  model: FakeModel,
  promptTokens: number,
): number {
  const served = model.top_provider.max_completion_tokens ?? Math.min(32_768, windowOf(model) - promptTokens);
  return max_completion_tokens ?? max_tokens ?? served;
}
