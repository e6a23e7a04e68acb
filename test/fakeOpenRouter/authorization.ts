import type { Answer } from "./answer";
import { codePage, consentPage, deniedPage, invalidRequestPage } from "./authPage";
import { type AuthRequest, InvalidAuthRequest, parseAuthQuery } from "./authRequest";
import { mergeIntoCallback, rewriteCallback } from "./callback";
import type { SignInFault } from "./misbehaviour";

export interface Decision {
  authorized: boolean;
  /** As the user edited it on the page. */
  keyLabel?: string;
}

/** Where a decision redirects the browser, or the page shown in headless mode. */
export type Outcome = { location: string } | { page: string };

export type DecideOn = (request: AuthRequest, decision: Decision) => Outcome;

/** `/auth`: GET shows the consent page, POST makes the decision. Every visitor counts as signed in. */
export function authPage(query: string, decision: Decision | undefined, decideOn: DecideOn): Answer {
  try {
    const request = parseAuthQuery(query);
    if (!decision) return { status: 200, body: consentPage(request) };
    const outcome = decideOn(request, decision);
    if ("page" in outcome) return { status: 200, body: outcome.page };
    return { status: 302, headers: { Location: outcome.location }, body: "" };
  } catch (error) {
    if (error instanceof InvalidAuthRequest) return { status: 400, body: invalidRequestPage(error.message) };
    throw error;
  }
}

/** Parses the form that the page sends. */
export function parseDecision(form: string): Decision {
  const fields = new URLSearchParams(form);
  const keyLabel = fields.get("key_label");
  return { authorized: fields.get("decision") === "authorize", ...(keyLabel && { keyLabel }) };
}

/** The result of an authorization or a denial. */
export function decide(
  request: AuthRequest,
  { authorized, keyLabel = request.keyLabel }: Decision,
  fault: SignInFault,
  asInGuide: boolean,
  issueCode: (authorized: AuthRequest, fault: SignInFault) => string,
): Outcome {
  const { callbackUrl } = request;
  const parameters: Record<string, string> = {};
  if (authorized) {
    parameters.code = issueCode({ ...request, keyLabel }, fault);
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
