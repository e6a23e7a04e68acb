import { errorText } from "../common/log";
import { isLoopback } from "../openrouter/baseUrl";
import { SignInCanceled, SignInError } from "./errors";
import type { Environment } from "./flows";
import type { SignInHost } from "./signInHost";

/** A sign-in's name in the log: from the hash of its state, and so the same in every window. */
export const logName = (id: string) => `Sign-in ${id.slice(0, 6)}`;

/** Logs that something has begun, how it ends, and how long that took; ends as it does. */
export async function withLog<T>(
  what: string,
  { log, now }: Pick<SignInHost, "log" | "now">,
  signal: AbortSignal,
  work: Promise<T>,
): Promise<T> {
  const began = now();
  const line = (end: string) => `${what} ${end} after ${now() - began} ms`;
  log.info(`${what} begins`);
  try {
    const result = await work;
    log.info(line("connected"));
    return result;
  } catch (error) {
    const isDenied = error instanceof SignInError && error.failure === "denied";
    const isCanceled = error instanceof SignInCanceled || signal.aborted;
    if (isDenied || isCanceled) log.info(line(isCanceled ? "canceled" : "denied"));
    else log.error(`${line("failed")}: ${errorText(error)}`);
    throw error;
  }
}

/** What decides which flows work, for the log. */
export const environmentSummary = ({ uiKind, extensionHost, local, callbackUrl }: Environment) =>
  `${uiKind}, ${extensionHost}, ${local ? "local" : "not local"}, callback ${redactedOrigin(callbackUrl)}`;

/** The parts of a callback URL that decide whether OpenRouter accepts it, and no more: `https://*:8443`. */
export function redactedOrigin(url: string | undefined): string {
  if (!url || !URL.canParse(url)) return "none";
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${isLoopback(hostname) ? hostname : "*"}${port && `:${port}`}`;
}
