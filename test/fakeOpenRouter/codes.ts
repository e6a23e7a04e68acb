import { createHash, randomBytes } from "node:crypto";
import { noteSecret } from "../audit/secrets.mjs";
import { type Answer, problem } from "./answer";
import type { AuthRequest, CodeChallengeMethod } from "./authRequest";

/** OpenRouter's guide "OAuth PKCE": a code is single-use and valid for 10 minutes. */
const lifetime = 10 * 60 * 1000;

export interface Exchange {
  code: string;
  codeVerifier: string | undefined;
  codeChallengeMethod: CodeChallengeMethod | undefined;
}

/** The unused authorization codes, each bound to the request that the user authorized. */
export class Codes {
  readonly #issued = new Map<string, { authorized: AuthRequest; expiresAt: number }>();
  readonly #now: () => number;
  #last: string | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  get last(): string | undefined {
    return this.#last;
  }

  issue(authorized: AuthRequest, style?: "needsEscaping" | "expired"): string {
    const random = randomBytes(16).toString("hex");
    const code = style === "needsEscaping" ? `auth+/=&?#% ü"'${random}` : `auth_code_${random}`;
    this.#issued.set(code, { authorized, expiresAt: this.#now() + (style === "expired" ? 0 : lifetime) });
    this.#last = code;
    noteSecret("fake OpenRouter", "code", code);
    return code;
  }

  /**
   * The authorized request, or an error with the wording of OpenRouter's guide "OAuth PKCE", or "unknown".
   *
   * Only a successful exchange uses up the code. Whether OpenRouter also invalidates it after a wrong verifier
   * isn't documented. Keeping it valid means that someone who saw the code can't end a sign-in by guessing.
   */
  redeem({ code, codeVerifier, codeChallengeMethod }: Exchange): AuthRequest | Answer | "unknown" {
    const issued = this.#issued.get(code);
    if (!issued) return "unknown";
    if (this.#now() >= issued.expiresAt) return problem(403, "Authorization code expired");

    const { authorized } = issued;
    if (authorized.codeChallenge === undefined) {
      // Not in the guide. The real OpenRouter was seen to compare the methods first.
      if (codeChallengeMethod === "S256") return problem(400, "Invalid code_challenge_method");
      // Not known. RFC 9700, section 2.1.1 requires it against PKCE downgrade attacks.
      if (codeVerifier !== undefined) return problem(403, "Invalid code or code_verifier");
    } else {
      // The guide: use the same method as in step 1. RFC 7636, section 4.3: the default is "plain".
      if ((codeChallengeMethod ?? "plain") !== authorized.codeChallengeMethod) {
        return problem(400, "Invalid code_challenge_method");
      }
      if (codeVerifier === undefined || challengeOf(codeVerifier, authorized) !== authorized.codeChallenge) {
        return problem(403, "Invalid code or code_verifier");
      }
    }
    this.#issued.delete(code);
    return authorized;
  }
}

/** RFC 7636, section 4.6. */
function challengeOf(codeVerifier: string, { codeChallengeMethod }: AuthRequest): string {
  if (codeChallengeMethod === "plain") return codeVerifier;
  return createHash("sha256").update(codeVerifier).digest("base64url");
}
