import { errorText } from "../common/log";
import { isLoopback } from "../openrouter/baseUrl";
import { SignInCancelled, SignInError } from "./errors";
import type { Environment } from "./flows";
import type { SignInHost } from "./signInHost";

/** How a sign-in is called in the log: by the hash of its state, which is the same in every window. */
export const logName = (id: string) => `Sign-in ${id.slice(0, 6)}`;

/** Logs that something begins, how it ends, and after how long. */
export async function withLog<T>(
  what: string,
  { log, now }: Pick<SignInHost, "log" | "now">,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const began = now();
  const line = (end: string) => `${what} ${end} after ${now() - began} ms`;
  log.info(`${what} begins`);
  try {
    const result = await work();
    log.info(line("connected"));
    return result;
  } catch (error) {
    const isDenied = error instanceof SignInError && error.failure === "denied";
    const isCancelled = error instanceof SignInCancelled || signal.aborted;
    if (isDenied || isCancelled) log.info(line(isCancelled ? "cancelled" : "denied"));
    else log.error(`${line("failed")}: ${errorText(error)}`);
    throw error;
  }
}

/** What decides which ways there are. */
export const environmentSummary = ({ uiKind, extensionHost, local, callbackUrl }: Environment) =>
  `${uiKind}, ${extensionHost}, ${local ? "local" : "not local"}, callback ${redactedOrigin(callbackUrl)}`;

/** What decides whether OpenRouter leads back to a callback URL, and nothing else of it: `https://*:8443`. */
export function redactedOrigin(url: string | undefined): string {
  if (!url || !URL.canParse(url)) return "none";
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${isLoopback(hostname) ? hostname : "*"}${port && `:${port}`}`;
}
