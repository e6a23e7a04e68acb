import { isObject } from "../common/isObject";
import { parseJson } from "../common/parseJson";
import { isPage } from "../openrouter/isPage";
import { longestWait, retryAfter } from "../openrouter/retryAfter";
import { ChatError } from "./chatError";
import { chatFailure } from "./chatFailure";
import { parseReset, parseServerError, type ServerError } from "./serverError";

/**
 * What a response with an error status means. Only OpenRouter's own JSON says something about a key, credits or a
 * model: a firewall has its pages for 401, 402 and 403 as well.
 * @param text the body; undefined where it's too long to be read
 * @param model the one that was asked
 */
export function responseProblem(
  { status, headers }: Response,
  text: string | undefined,
  model: string,
): ChatError {
  const resetAt = parseReset(headers.get("X-RateLimit-Reset"));
  const wait = retryAfter(headers) ?? waitUntil(resetAt);
  const details = { status, ...(wait !== undefined && { retryAfter: wait }) };
  if (status === 407) return new ChatError("proxy", "A proxy wants to be signed in to", details);
  // 511 comes from a network that wants to be signed in to (RFC 6585, section 6).
  const error = status === 511 ? undefined : parseServerError(errorIn(text), status);
  if (error) return problem(error, model, details);
  // What servers in front of an API say for it, in pages of their own.
  if (status === 413) return new ChatError("tooLarge", "The request is too large", details);
  if (status !== 429 && (status < 500 || status === 511)) {
    return new ChatError("intermediary", `Something other than OpenRouter answered ${status}`, details);
  }
  return problem({ ...unsaid, status }, model, details);
}

/**
 * What the `error` of a chunk means: the same as in a response, but for a key. OpenRouter has accepted ours before it
 * began to answer, and says no more of the provider's.
 */
export function streamError(error: unknown, model: string): ChatError {
  const { failure, message, details } = problem(parseServerError(error) ?? unsaid, model);
  return new ChatError(failure === "keyRefused" ? "providerKeyRefused" : failure, message, details);
}

/** What a response means that has no stream, though its status says so. @param text the body, as above */
export function noStreamProblem(text: string | undefined, model: string): ChatError {
  if (text !== undefined && isPage(text)) {
    return new ChatError("intermediary", "A page came instead of an answer");
  }
  const error = parseServerError(errorIn(text));
  return error ? problem(error, model) : new ChatError("badStream", "Something came that isn't a stream");
}

function errorIn(text: string | undefined): unknown {
  const body = parseJson(text ?? "");
  const { error } = isObject(body) ? body : {};
  return error;
}

/** An error that says nothing. */
const unsaid = {
  status: 0,
  message: "",
  raw: "",
  type: "",
  limitSource: "",
  reason: "",
  availability: "",
  provider: "",
  hasPatterns: false,
  hasReasons: false,
  retryAfter: undefined,
  resetAt: undefined,
} satisfies ServerError;

function problem(error: ServerError, model: string, details: ChatError["details"] = {}): ChatError {
  const failure = chatFailure(error, model);
  const wait = error.retryAfter ?? waitUntil(error.resetAt);
  const said = numbersIn(`${error.message}\n${error.raw}`);
  return new ChatError(failure, `OpenRouter answered ${error.status || "with an error"}`, {
    ...(error.status > 0 && { status: error.status }),
    ...(wait !== undefined && { retryAfter: wait }),
    ...details,
    ...((failure === "tooFewCredits" || failure === "keyLimit") && said.affordable),
    ...(failure === "promptTooLong" && said.length),
    ...(failure === "moderated" && error.provider && { provider: error.provider }),
  });
}

/** OpenRouter counts free requests by the minute and by the day. Its clock and this one may differ by a little. */
const waitUntil = (time: number | undefined) =>
  time === undefined ? undefined : Math.min(Math.max(0, time - Date.now()), longestWait);

/** The numbers of the texts that are known to hold some. */
function numbersIn(text: string) {
  const afford = /can only afford (\d{1,15})/i.exec(text);
  const prompt = /prompt tokens limit exceeded: (\d{1,15}) > (\d{1,15})/i.exec(text);
  const context = /maximum context length is (\d{1,15}) tokens/i.exec(text);
  const requested = /(?:you requested(?: about)?|messages resulted in) (\d{1,15}) tokens/i.exec(text);
  const long = /prompt is too long: (\d{1,15}) tokens > (\d{1,15})/i.exec(text);
  return {
    affordable: {
      ...number("affordableTokens", afford?.[1] ?? prompt?.[2]),
      ...number("promptTokens", prompt?.[1]),
    },
    length: {
      ...number("maxTokens", context?.[1] ?? long?.[2]),
      ...number("promptTokens", requested?.[1] ?? long?.[1]),
    },
  };
}

const number = (name: "affordableTokens" | "maxTokens" | "promptTokens", digits: string | undefined) =>
  digits === undefined ? {} : { [name]: Number(digits) };
