import type { Json, JsonObject } from "./answer";
import type { KeyTerms } from "./authRequest";
import type { StreamFault } from "./streamFaults";

/** What goes wrong: how each endpoint responds, and what happens to an authorization. */
export interface Misbehaviour {
  /** For every endpoint without its own fault below. */
  all?: Fault;
  /** The page `/auth`, and its form. */
  auth?: Fault;
  /** `POST /api/v1/auth/keys` */
  exchange?: Fault;
  /** `GET /api/v1/key` */
  key?: Fault;
  /** `GET /api/v1/models` and `/models/user` */
  models?: Fault;
  /** `POST /api/v1/chat/completions` */
  chat?: ChatFault;
  signIn?: SignInFault;
  /**
   * Follows OpenRouter's guide "OAuth PKCE" also where the real OpenRouter was seen to do otherwise, in autumn 2026:
   * 403 for a code that is unknown or used, one error for every malformed body, and `error=access_denied` (which is
   * from RFC 6749) after a denial.
   */
  asInGuide?: boolean;
}

/** A fault for one endpoint. */
export interface Fault {
  /** Milliseconds before anything else happens. */
  delay?: number;
  answer?: WrongAnswer;
  /** Only the first n requests. All by default. */
  times?: number;
}

/** A fault of a chat: a refusal (`answer`, also one of `chatProblems`), or an answer that goes wrong. */
export interface ChatFault extends Fault {
  /** One of `streamFaults`, or a fault of the same kind. */
  stream?: StreamFault;
}

/**
 * Without handling the request (a code stays valid):
 * - `"hang"` never responds.
 * - `"html"` responds with a page and status 200, as a captive portal or a proxy does.
 * - `status` responds with that status, by default with OpenRouter's error body. `headers` may set `Retry-After`.
 * - `redirect` redirects, by default with 307, which repeats the method and the body.
 *
 * After handling the request (an exchange has used up its code and issued a key):
 * - `"reset"` resets the connection in the middle of the body.
 * - `"truncated"` sends half of the body as if it were complete.
 * - `"huge"` adds 10 MB to an otherwise correct response, without a Content-Length.
 * - `"wrongTypes"` changes the type of every field of a successful response.
 * - `drip` sends 16 bytes at a time, that many milliseconds apart.
 * - `fields` replaces fields of a successful response (inside `data`, if there is one). `undefined` omits a field:
 *   `{ fields: { key: undefined } }`, `{ fields: { user_id: null } }`, `{ fields: { key: "sk-or-v1-\u0007\n" } }`.
 */
export type WrongAnswer =
  | "hang"
  | "html"
  | { status: number; body?: string | JsonObject; headers?: Record<string, string> }
  | { redirect: string; status?: 301 | 302 | 303 | 307 | 308 }
  | "reset"
  | "truncated"
  | "huge"
  | "wrongTypes"
  | { drip: number }
  | { fields: Record<string, Json | undefined> };

/** A fault of the authorization or denial itself, whether made on the page or in code. */
export interface SignInFault {
  /** Codes full of characters that need escaping, or codes that have expired when they are issued. */
  codes?: "needsEscaping" | "expired";
  /** Overrides the requested terms: `{ limit: null }` ignores the limit, `{ limit: 5 }` grants another. */
  terms?: Partial<KeyTerms>;
  /** Adds the `state` parameter of `/auth` itself. Only OpenRouter's own command-line client relies on it. */
  relayState?: boolean;
  /** Re-encodes the callback's query as a form instead of keeping it byte for byte. */
  rewriteCallback?: boolean;
  /** The `error_description` of a denial as in the guide. `null` omits it. */
  errorDescription?: string | null;
  /** Only the first n authorizations and denials. All by default. */
  times?: number;
}

/** The current misbehaviour, and how often each part was used. */
export class Misbehaviours {
  #set: Misbehaviour = {};
  readonly #used = new Map<keyof Misbehaviour, number>();

  merge(behaviour: Misbehaviour): void {
    this.#set = { ...this.#set, ...behaviour };
    for (const part of ["all", "auth", "exchange", "key", "models", "chat", "signIn"] as const) {
      if (part in behaviour) this.#used.delete(part);
    }
  }

  clear(): void {
    this.#set = {};
    this.#used.clear();
  }

  fault(endpoint: "auth" | "exchange" | "key" | "models" | "chat" | "all"): ChatFault | undefined {
    return this.#take(endpoint, this.#set[endpoint]) ?? this.#take("all", this.#set.all);
  }

  get asInGuide(): boolean {
    return this.#set.asInGuide ?? false;
  }

  signIn(): SignInFault {
    return this.#take("signIn", this.#set.signIn) ?? {};
  }

  #take<Part extends { times?: number }>(name: keyof Misbehaviour, part: Part | undefined): Part | undefined {
    const used = this.#used.get(name) ?? 0;
    if (!part || used >= (part.times ?? Number.POSITIVE_INFINITY)) return undefined;
    this.#used.set(name, used + 1);
    return part;
  }
}
