/** SHA-256 of a text as lowercase hex: how OpenRouter's own addresses name a key without showing it. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A key as OpenRouter shows it, like `sk-or-v1-0e6...1c96`. Of a key too short to keep anything secret
 * that way, nothing is shown.
 */
export function maskApiKey(key: string): string {
  const [, prefix = "", secret = ""] = /^(sk-or-v\d+-)?(.*)$/s.exec(key) ?? [];
  return secret.length < 20 ? `${prefix}...` : `${prefix}${secret.slice(0, 3)}...${secret.slice(-4)}`;
}
