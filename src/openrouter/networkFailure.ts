import type { OpenRouterFailure } from "./errors";

type NetworkFailure = Extract<OpenRouterFailure, "network" | "tls" | "proxy" | "redirected">;

/**
 * Why there was no response, as far as the platform says: Node in the codes of a chain of causes, Electron in a
 * message such as "net::ERR_CERT_AUTHORITY_INVALID", a browser not at all.
 * @param host the name that was requested, as in `URL.hostname`
 */
export function networkFailure(error: unknown, host: string): NetworkFailure {
  const texts: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // Whose name can't be resolved, if not the server's, is the proxy.
    if ("hostname" in cause && typeof cause.hostname === "string" && cause.hostname !== host) return "proxy";
    texts.push("code" in cause ? String(cause.code) : "", cause.message);
  }
  const text = withoutHosts(texts.join(" "), host);
  if (/redirect/i.test(text)) return "redirected"; // in Electron
  if (/cert|\bssl|\btls|ERR_TLS|ERR_SSL|issuer|leaf.signature/i.test(text)) return "tls";
  return /proxy|tunnel/i.test(text) ? "proxy" : "network";
}

/** Names of hosts say nothing about the failure: `certs.example.com` may just be unknown. */
const withoutHosts = (text: string, host: string) =>
  text
    .split(/[^\w.-]+/)
    .filter((word) => word.toLowerCase() !== host && !/\w\.\w/.test(word))
    .join(" ");
