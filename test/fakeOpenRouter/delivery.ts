import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as delay, setImmediate as sent } from "node:timers/promises";
import { inspect } from "node:util";
import { type Answer, type Json, type JsonObject, problem, type StreamedAnswer } from "./answer";
import type { Fault, WrongAnswer } from "./misbehaviour";

/**
 * Sends a response, altered by the fault if there is one. `closing` ends every wait. `inForm` gives a
 * fault's error the form of the endpoint's own.
 */
export async function deliver(
  response: ServerResponse,
  handle: () => Answer | StreamedAnswer | Promise<Answer | StreamedAnswer>,
  fault: Fault | undefined,
  closing: AbortSignal,
  inForm = (answer: Answer) => answer,
): Promise<void> {
  if (fault?.delay) await delay(fault.delay, undefined, { signal: closing });
  const wrong = fault?.answer;
  if (wrong === "hang") return;

  const unhandled = unhandledAnswer(wrong);
  const answer = unhandled ? inForm(unhandled) : await handle();
  if ("pieces" in answer) {
    if (wrong) throw new Error(`A stream can't go wrong like this, but by streamFaults: ${inspect(wrong)}`);
    return deliverPieces(response, answer, closing);
  }
  const { status, headers, body } = encode(alterAnswer(answer, wrong));
  response.writeHead(status, headers); // Without a length: the body is chunked, as OpenRouter's may be.
  if (wrong === "reset") {
    response.write(body.subarray(0, body.length / 2), () => response.socket?.resetAndDestroy());
  } else if (wrong === "truncated") {
    response.end(body.subarray(0, body.length / 2));
  } else if (typeof wrong === "object" && "drip" in wrong) {
    for (let sent = 0; sent < body.length && !response.destroyed; sent += 16) {
      response.write(body.subarray(sent, sent + 16));
      await delay(wrong.drip, undefined, { signal: closing });
    }
    response.end();
  } else {
    response.end(body);
  }
}

async function deliverPieces(
  response: ServerResponse,
  { status, headers, pieces }: StreamedAnswer,
  closing: AbortSignal,
): Promise<void> {
  const left = new AbortController();
  response.once("close", () => left.abort());
  response.writeHead(status, headers);
  for await (const piece of pieces(AbortSignal.any([left.signal, closing]))) {
    if (piece === "reset") {
      // Once what was written before is on its way.
      response.socket?.write("", () => response.socket?.resetAndDestroy());
      return;
    }
    if (!response.write(piece)) await once(response, "drain", { signal: left.signal });
    else await sent(); // Otherwise Node would join it with the next one.
  }
  response.end();
}

/** A response sent without handling the request. */
function unhandledAnswer(wrong: WrongAnswer | undefined): Answer | undefined {
  if (wrong === "html")
    return { status: 200, body: "<!doctype html><title>Please sign in to this network</title>" };
  if (typeof wrong !== "object") return undefined;
  if ("redirect" in wrong)
    return { status: wrong.status ?? 307, headers: { Location: wrong.redirect }, body: "" };
  if (!("status" in wrong)) return undefined;
  const plain = problem(wrong.status, "The fake OpenRouter was asked to misbehave", wrong.headers);
  return wrong.body === undefined ? plain : { ...plain, body: wrong.body };
}

/** Alters the body of a response. Errors and pages stay unchanged. */
function alterAnswer(answer: Answer, wrong: WrongAnswer | undefined): Answer {
  const { body } = answer;
  if (answer.status !== 200 || typeof body === "string") return answer;
  if (wrong === "huge") return { ...answer, body: { ...body, padding: "x".repeat(10 * 1024 * 1024) } };
  if (wrong === "wrongTypes") return { ...answer, body: withWrongTypes(body) };
  if (typeof wrong === "object" && "fields" in wrong) {
    return { ...answer, body: withFields(body, wrong.fields) };
  }
  return answer;
}

function withFields(body: JsonObject, fields: JsonObject): JsonObject {
  return isObject(body.data) ? { ...body, data: { ...body.data, ...fields } } : { ...body, ...fields };
}

function withWrongTypes(body: JsonObject): JsonObject {
  const wrong = (value: Json | undefined): Json => {
    if (isObject(value)) return withWrongTypes(value);
    if (typeof value === "string") return 12345;
    return value === null ? ["not", "null"] : String(value);
  };
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, wrong(value)]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function encode({ status, headers, body }: Answer) {
  const type = typeof body === "string" ? "text/html; charset=utf-8" : "application/json";
  return {
    status,
    headers: { "Content-Type": type, "Cache-Control": "no-store", ...headers },
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  };
}
