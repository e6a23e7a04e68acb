/** Bytes that are passed as arguments of one call. */
const chunkSize = 0x8000;

/** Base64 with padding (RFC 4648, section 4), as data URLs have it. */
export function base64(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let start = 0; start < bytes.length; start += chunkSize)
    chunks.push(String.fromCharCode(...bytes.subarray(start, start + chunkSize)));
  return btoa(chunks.join(""));
}
