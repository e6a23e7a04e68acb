/**
 * Which URLs may receive a code: https on ports 443 and 3000, local http on any port (OpenRouter's guide "OAuth
 * PKCE" and its OpenAPI document), and custom schemes of desktop applications. The latter aren't documented, but
 * editor extensions have used them in production for years.
 */
export function isCallbackAllowed(callbackUrl: string): boolean {
  if (!URL.canParse(callbackUrl)) return false;
  const { protocol, hostname, port } = new URL(callbackUrl);
  if (protocol === "https:") return port === "" || port === "3000";
  if (protocol === "http:") return localHosts.has(hostname);
  return !browserSchemes.has(protocol) && callbackUrl.slice(protocol.length).startsWith("//");
}

/** The app that receives the code, as the page calls it: websites and local servers by host and port. */
export function callbackName(callbackUrl: string | undefined): string {
  if (callbackUrl === undefined) return "An app";
  const { protocol, host } = new URL(callbackUrl);
  return protocol === "http:" || protocol === "https:" ? host : "An app";
}

/** Like `http://localhost:3000` or `vscode://publisher.name`. */
export function callbackOrigin(callbackUrl: string): string {
  const { protocol, host } = new URL(callbackUrl);
  return `${protocol}//${host}`;
}

/** The state in a callback URL's query, or in the inner query that an editor in a browser wraps in it. */
export function stateOf(callbackUrl: string): string | undefined {
  const query = new URL(callbackUrl).searchParams;
  return query.get("state") ?? new URLSearchParams(query.get("vscode-query") ?? "").get("state") ?? undefined;
}

/**
 * Appends parameters to the callback URL's query and keeps the query byte for byte: VS Code's
 * `vscode-query=state%3Ds` must come back unchanged. (`URLSearchParams` would re-encode the whole query.)
 */
export function mergeIntoCallback(callbackUrl: string, parameters: Record<string, string>): string {
  const [, base = "", fragment = ""] = /^([^#]*)(#.*)?$/su.exec(callbackUrl) ?? [];
  if (Object.keys(parameters).length === 0) return asHeaderValue(callbackUrl);
  const added = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const separator = !base.includes("?") ? "?" : /[?&]$/.test(base) ? "" : "&";
  return asHeaderValue(base + separator + added.join("&") + fragment);
}

/** The same by a server that re-encodes the query: form encoding, with `+` for a space. */
export function rewriteCallback(callbackUrl: string, parameters: Record<string, string>): string {
  const url = new URL(callbackUrl);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value);
  return url.href;
}

/** HTTP headers carry visible ASCII, so everything else in the callback URL is escaped. */
function asHeaderValue(url: string): string {
  return url.replace(/[^\x21-\x7e]+/gu, encodeURIComponent);
}

const localHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Schemes that browsers handle themselves, so no application could receive the code. */
const browserSchemes = new Set(
  "about blob chrome data file filesystem ftp javascript mailto vbscript view-source ws wss"
    .split(" ")
    .map((scheme) => `${scheme}:`),
);
