import type { Secret } from "./secrets.mjs";

/** This many consecutive characters of a secret are a leak. A masked key shows 7, 3 and 4 of them. */
const leak = 16;

/** Finds secrets in text: as they are, escaped in any way, in Base64, in hexadecimal, and parts of them. */
export class SecretSearch {
  readonly #parts = new Map<string, Secret>();

  constructor(secrets: readonly Secret[]) {
    for (const secret of secrets) {
      for (const form of formsOf(secret.value)) {
        for (let i = 0; i + leak <= form.length; i++) this.#parts.set(form.slice(i, i + leak), secret);
      }
    }
  }

  /** Each secret in the text, with its position. */
  find(text: string): { secret: Secret; at: number }[] {
    const found = new Map<Secret, number>();
    for (const { 0: run, index } of text.matchAll(/[\w+/-]{16,}/g)) {
      const normal = urlSafe(run);
      for (let i = 0; i + leak <= normal.length; i++) {
        const secret = this.#parts.get(normal.slice(i, i + leak));
        if (secret && !found.has(secret)) found.set(secret, index + i);
      }
    }
    return [...found].map(([secret, at]) => ({ secret, at }));
  }
}

/** Words of `\w` and `-` that reveal the secret. */
function formsOf(value: string): string[] {
  // What no escaping changes: neither of URLs, nor of JSON, nor of HTML.
  const words = value.match(/[\w-]{16,}/g);
  if (!words) throw new Error("This secret is too short to be searched for");
  const bytes = Buffer.from(value);
  // Inside of longer data it can begin at any of a group's three bytes; the groups at its ends are shared.
  const base64 = [0, 1, 2].map((before) =>
    urlSafe(
      Buffer.concat([Buffer.alloc(before), bytes])
        .toString("base64")
        .slice(4, -4),
    ),
  );
  return [...words, ...base64, bytes.toString("hex"), bytes.toString("hex").toUpperCase()];
}

const urlSafe = (text: string) => text.replaceAll("+", "-").replaceAll("/", "_");
