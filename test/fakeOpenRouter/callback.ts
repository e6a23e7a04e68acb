/**
 * Which addresses may receive a code: https on the ports 443 and 3000 and local http on any port (OpenRouter's
 * guide "OAuth PKCE" and its OpenAPI document), and the custom schemes of desktop applications, which are not
 * documented but which editors' extensions have used in production for years.
 */
export function isCallbackAllowed(callbackUrl: string): boolean {
  if (!URL.canParse(callbackUrl)) return false;
  const { protocol, hostname, port } = new URL(callbackUrl);
  if (protocol === "https:") return port === "" || port === "3000";
  if (protocol === "http:") return localHosts.has(hostname);
  return !browserSchemes.has(protocol) && callbackUrl.slice(protocol.length).startsWith("//");
}

/** For people: who gets the code. */
export function callbackReceiver(callbackUrl: string): string {
  const { protocol, host } = new URL(callbackUrl);
  return protocol === "http:" || protocol === "https:" ? host : `${protocol}//${host}`;
}

/** The state in a callback URL's query, or in the query that an editor in a browser wraps in it. */
export function stateOf(callbackUrl: string): string | undefined {
  const query = new URL(callbackUrl).searchParams;
  return query.get("state") ?? new URLSearchParams(query.get("vscode-query") ?? "").get("state") ?? undefined;
}

/**
 * The callback URL with parameters added behind its own query, which stays byte for byte as it is: VS Code's
 * `vscode-query=state%3Ds` must come back exactly so. (`URLSearchParams` would write the whole query anew.)
 */
export function mergeIntoCallback(callbackUrl: string, parameters: Record<string, string>): string {
  const [, address = "", fragment = ""] = /^([^#]*)(#.*)?$/su.exec(callbackUrl) ?? [];
  const added = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const separator = !address.includes("?") ? "?" : /[?&]$/.test(address) ? "" : "&";
  return asHeaderValue(address + separator + added.join("&") + fragment);
}

/** The same as a server does that writes the query anew: form encoding, with `+` for a space. */
export function rewriteCallback(callbackUrl: string, parameters: Record<string, string>): string {
  const url = new URL(callbackUrl);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value);
  return url.href;
}

/** HTTP headers carry visible ASCII; whatever else stands in the callback URL gets escaped. */
function asHeaderValue(url: string): string {
  return url.replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
}

const localHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Schemes that a browser handles itself: no application gets a code there. */
const browserSchemes = new Set(
  "about blob chrome data file filesystem ftp javascript mailto vbscript view-source ws wss"
    .split(" ")
    .map((scheme) => `${scheme}:`),
);
