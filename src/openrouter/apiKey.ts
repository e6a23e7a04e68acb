import { plainText } from "../common/plainText";

/** SHA-256 of a text as lowercase hex, by which OpenRouter's URLs name a key without revealing it. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A key as OpenRouter shows it, such as `sk-or-v1-0e6...1c96`, as plain text. Nothing is shown of a key too short to
 * stay secret that way.
 */
export function maskApiKey(key: string): string {
  const [, prefix = "", secret = ""] = /^(sk-or-v\d{1,3}-)?(.*)$/s.exec(key) ?? [];
  return plainText(
    secret.length < 20 ? `${prefix}...` : `${prefix}${secret.slice(0, 3)}...${secret.slice(-4)}`,
  );
}
