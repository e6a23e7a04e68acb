import type { Answer } from "./answer";
import { codePage, consentPage, deniedPage, invalidRequestPage } from "./authPage";
import { type AuthRequest, InvalidAuthRequest, parseAuthQuery, parseLimit } from "./authRequest";
import { mergeIntoCallback, rewriteCallback } from "./callback";
import type { SignInFault } from "./misbehaviour";

/** What the user changed on the page before authorizing. What is missing is as requested. */
export interface Edits {
  /** USD; null for no limit. */
  limit?: number | null;
  keyLabel?: string;
}

export interface Decision extends Edits {
  authorized: boolean;
}

/** Where a decision redirects the browser, or the page shown in headless mode. */
export type Outcome = { location: string } | { page: string };

export type DecideOn = (request: AuthRequest, decision: Decision) => Outcome;

/**
 * `/auth`: GET shows the consent page, POST makes the decision. Every visitor counts as signed in.
 * @param form what the page's form sends, or undefined for a GET
 */
export function authPage(query: string, form: string | undefined, decideOn: DecideOn): Answer {
  try {
    const request = parseAuthQuery(query);
    if (form === undefined) return { status: 200, body: consentPage(request) };
    const outcome = decideOn(request, parseDecision(form));
    if ("page" in outcome) return { status: 200, body: outcome.page };
    return { status: 302, headers: { Location: outcome.location }, body: "" };
  } catch (error) {
    if (error instanceof InvalidAuthRequest) return { status: 400, body: invalidRequestPage(error.message) };
    throw error;
  }
}

/** Parses the page's form. Throws an `InvalidAuthRequest` for a limit that isn't an amount. */
function parseDecision(form: string): Decision {
  const fields = new URLSearchParams(form);
  if (fields.get("decision") !== "authorize") return { authorized: false };
  const limit = fields.get("limit")?.trim();
  const keyLabel = fields.get("key_label");
  return {
    authorized: true,
    ...(limit !== undefined && { limit: limit === "" ? null : parseLimit(limit) }),
    ...(keyLabel && { keyLabel }),
  };
}

/** The result of an authorization or a denial. */
export function decide(
  request: AuthRequest,
  { authorized, limit = request.terms.limit, keyLabel = request.keyLabel }: Decision,
  fault: SignInFault,
  asInGuide: boolean,
  issueCode: (authorized: AuthRequest, fault: SignInFault) => string,
): Outcome {
  const { callbackUrl } = request;
  const parameters: Record<string, string> = {};
  if (authorized) {
    parameters.code = issueCode({ ...request, keyLabel, terms: { ...request.terms, limit } }, fault);
  } else if (asInGuide) {
    const { errorDescription = "The user denied the request" } = fault;
    parameters.error = "access_denied";
    if (errorDescription !== null) parameters.error_description = errorDescription;
  }
  if (callbackUrl === undefined) return { page: parameters.code ? codePage(parameters.code) : deniedPage() };
  if (fault.relayState && request.state !== undefined) parameters.state = request.state;
  const merge = fault.rewriteCallback ? rewriteCallback : mergeIntoCallback;
  return { location: merge(callbackUrl, parameters) };
}
