import type { Json } from "./answer";
import type { KeyTerms } from "./authRequest";

/** What goes wrong: how answers arrive, for each endpoint, and what becomes of an approval. */
export interface Misbehaviour {
  /** Every endpoint that has no fault of its own below. */
  all?: Fault;
  /** The page `/auth`, and its form. */
  auth?: Fault;
  /** `POST /api/v1/auth/keys` */
  exchange?: Fault;
  /** `GET /api/v1/key` */
  key?: Fault;
  signIn?: SignInFault;
}

/** A fault for one endpoint. */
export interface Fault {
  /** Milliseconds before anything else happens. */
  delay?: number;
  answer?: WrongAnswer;
  /** Only the first n requests; all of them when left out. */
  times?: number;
}

/**
 * Instead of handling the request (a code stays valid):
 * - `"hang"` never answers.
 * - `"html"` answers with a page and status 200, as a captive portal or a proxy does.
 * - `status` answers so, by default with OpenRouter's error body; `Retry-After` goes in `headers`.
 * - `redirect` sends elsewhere, by default with 307, which repeats the method and the body there.
 *
 * After handling it (an exchange has used up its code and issued a key):
 * - `"reset"` ends the connection in the middle of the body.
 * - `"truncated"` sends half of the body as though it were all.
 * - `"huge"` adds 10 MB to an otherwise right answer, and announces no length.
 * - `"wrongTypes"` puts a value of another type in every field of a successful answer.
 * - `drip` sends 16 bytes at a time, with so many milliseconds in between.
 * - `fields` replaces fields of a successful answer (those of `data`, where there is one); `undefined` omits:
 *   `{ fields: { key: undefined } }`, `{ fields: { user_id: null } }`, `{ fields: { key: "sk-or-v1-\u0007\n" } }`.
 */
export type WrongAnswer =
  | "hang"
  | "html"
  | { status: number; body?: string; headers?: Record<string, string> }
  | { redirect: string; status?: 301 | 302 | 303 | 307 | 308 }
  | "reset"
  | "truncated"
  | "huge"
  | "wrongTypes"
  | { drip: number }
  | { fields: Record<string, Json | undefined> };

/** A fault of the approval or denial itself, whatever way it was made. */
export interface SignInFault {
  /** Codes full of characters that need escaping, or codes that are expired when they arrive. */
  codes?: "needsEscaping" | "expired";
  /** Granted in place of what was asked for: `{ limit: null }` ignores the limit, `{ limit: 5 }` grants another. */
  terms?: Partial<KeyTerms>;
  /** Sends the `state` of `/auth` itself along. Only OpenRouter's own command line client relies on that. */
  relayState?: boolean;
  /** Writes the callback's query anew, in form encoding, in place of keeping it byte for byte. */
  rewriteCallback?: boolean;
  /** What a denial says; `null` leaves `error_description` out. */
  errorDescription?: string | null;
  /** Only the first n approvals and denials; all of them when left out. */
  times?: number;
}

/** What is set, and how often each part has been used. */
export class Misbehaviours {
  #set: Misbehaviour = {};
  readonly #used = new Map<keyof Misbehaviour, number>();

  merge(behaviour: Misbehaviour): void {
    this.#set = { ...this.#set, ...behaviour };
    for (const part of ["all", "auth", "exchange", "key", "signIn"] as const) {
      if (part in behaviour) this.#used.delete(part);
    }
  }

  clear(): void {
    this.#set = {};
    this.#used.clear();
  }

  fault(endpoint: "auth" | "exchange" | "key" | "all"): Fault | undefined {
    return this.#take(endpoint, this.#set[endpoint]) ?? this.#take("all", this.#set.all);
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
