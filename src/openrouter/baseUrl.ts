export const defaultBaseUrl = "https://openrouter.ai";

/** Whether a URL's `hostname` is this machine for certain: localhost, 127.0.0.0/8 or ::1 (RFC 6761, RFC 8252). */
export const isLoopback = (hostname: string) =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/**
 * The base URL in the one form that paths are appended to, without a slash at its end; undefined when a
 * key must not be asked for or sent there: anything but https, or http on a loopback address.
 */
export function parseBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const safe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  if (!safe || url.username || url.password || url.search || url.hash) return undefined;
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/** The key's own page, where its owner changes its limit or revokes it. `keyHash`: SHA-256, lowercase hex. */
export const keyPageUrl = (baseUrl: string, keyHash: string) => `${baseUrl}/keys/${keyHash}`;

/** The log of what the key was used for. `keyHash` as above. */
export const activityUrl = (baseUrl: string, keyHash: string) => `${baseUrl}/logs?api_key_hash=${keyHash}`;

/** Where the account's credits are bought. */
export const addCreditsUrl = (baseUrl: string) => `${baseUrl}/credits`;
