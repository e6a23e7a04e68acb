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

/**
 * A key as it was meant, out of what was pasted: without white space, quotes, or the `Bearer` of a header
 * around it; undefined when no key can be in there.
 */
export function normalizeApiKey(text: string): string | undefined {
  const key = text.replace(/^[\s"'`]*(authorization:\s*)?(bearer\s+)?["'`]*|[\s"'`;,]*$/gi, "");
  return /^[\x21-\x7e]{8,}$/.test(key) ? key : undefined;
}

/** The account that a key belongs to. OpenRouter may keep the user to itself: then the key stands for it. */
export const accountOf = async (key: string, userId: string | undefined) => ({
  id: userId ?? (await sha256Hex(key)),
  label: maskApiKey(key),
});
