import type { IncomingHttpHeaders } from "node:http";
import type { Answer, JsonObject } from "./answer";
import type { AnswerContext, StreamEvent } from "./chatEvents";
import type { ChatRequestBody } from "./chatRequest";

/**
 * How requests to a model and their answers look in one of OpenRouter's three APIs for that. Everything between them
 * is the same, and in the words of `/chat/completions`.
 */
export interface ChatApi {
  readonly name: "chat" | "responses" | "messages";
  /** What `authenticate` is given as the header. */
  authorization(headers: IncomingHttpHeaders): string | undefined;
  /** The request, or why it isn't one. */
  parse(text: string): { body: ChatRequestBody } | { refused: Answer };
  /** An answer's events as this API sends them. */
  events(events: AsyncIterable<StreamEvent>, context: AnswerContext): AsyncIterable<StreamEvent>;
  /** The same answer in one piece. */
  result(context: AnswerContext): Promise<JsonObject>;
  /** An error as this API sends it. Only `/messages` has a form of its own. */
  problem(answer: Answer): Answer;
}
