/** What an endpoint answers, before it goes on the wire. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** A string is an HTML page, an object goes out as JSON. */
  body: string | JsonObject;
}

export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A field that is `undefined` is left out, as `JSON.stringify` does. */
export type JsonObject = { [name: string]: Json | undefined };

/** An error body as OpenRouter's OpenAPI document has it: `{"error": {"code": 403, "message": "…"}}`. */
export function problem(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: { error: { code: status, message } } };
}
