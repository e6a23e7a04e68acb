/** Whether a URL's `hostname` is certainly this computer: localhost, 127.0.0.0/8 or ::1 (RFC 6761, RFC 8252). */
export const isLoopback = (hostname: string) =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** Whether it's OpenRouter's own, which the setting has by default, and not that of a gateway. */
export const isDefaultBaseUrl = (baseUrl: string) => new URL(baseUrl).host === "openrouter.ai";

/**
 * The base URL without a slash at its end, so that paths can be appended, and without the `/api/v1` that belongs to
 * the paths: that is the form which API clients call a base URL. Undefined when no key may be requested from or sent
 * to it: anything but https, or http on a loopback address.
 */
export function parseBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const safe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  if (!safe || url.username || url.password || url.search || url.hash) return undefined;
  // A quote is the only character of a path that no quotes make plain in every shell: it has a part in commands.
  return url.origin + url.pathname.replace(/(\/+api(\/+v1)?)?\/*$/, "").replaceAll("'", "%27");
}

/** The URL of the API with its version, as tools and SDKs expect it in their settings. */
export const apiUrl = (baseUrl: string) => `${baseUrl}/api/v1`;

/** The key's page, where its limit is changed and the key revoked. `keyHash`: SHA-256, lowercase hex. */
export const keyPageUrl = (baseUrl: string, keyHash: string) => `${baseUrl}/keys/${keyHash}`;

/** The page that lists the account's keys. */
export const keysPageUrl = (baseUrl: string) => `${baseUrl}/keys`;

/** The log of requests made with the key. `keyHash` as above. */
export const activityUrl = (baseUrl: string, keyHash: string) => `${baseUrl}/logs?api_key_hash=${keyHash}`;

/** The page where credits are bought. */
export const addCreditsUrl = (baseUrl: string) => `${baseUrl}/credits`;

/** The page where the user's own keys for providers are. */
export const providerKeysUrl = (baseUrl: string) => `${baseUrl}/settings/integrations`;

/** The page where the account's privacy settings and guardrails are. */
export const privacySettingsUrl = (baseUrl: string) => `${baseUrl}/settings/privacy`;
