/** An endpoint's response, before it is sent. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** A string is sent as an HTML page, an object as JSON. */
  body: string | JsonObject;
}

/** A response that comes in pieces. */
export interface StreamedAnswer {
  status: 200;
  headers: Record<string, string>;
  /** `"reset"` resets the connection. The signal ends every wait, once the client has left. */
  pieces(left: AbortSignal): AsyncIterable<Uint8Array | "reset">;
}

export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A field that is `undefined` is omitted, as `JSON.stringify` does. */
export type JsonObject = { [name: string]: Json | undefined };

/** An error response as OpenRouter's OpenAPI document defines it: `{"error": {"code": 403, "message": "…"}}`. */
export function problem(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: { error: { code: status, message } } };
}
