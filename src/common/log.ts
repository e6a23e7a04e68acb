/** What users and maintainers read afterwards: short, in English, and never a key, code, verifier or state. */
export type Log = Record<"trace" | "debug" | "info" | "warn" | "error", (text: string) => void>;

/** Long enough to be a secret. Our own errors never contain one, but others may quote their input. */
const maybeSecret = /[^\s"'`()<>,;:/?&=]{24,}/g;

/** An error with its causes, as a line of the log. */
export function errorText(error: unknown): string {
  const texts: string[] = [];
  for (let cause = error; cause !== undefined && texts.length < 5; ) {
    const known = cause instanceof Error ? cause : undefined;
    const code = known && "code" in known ? ` (${known.code})` : "";
    texts.push(known ? `${known.name}: ${known.message}${code}` : String(cause));
    cause = known?.cause;
  }
  const text = texts.join(", because of ").replace(/\s+/g, " ").replace(maybeSecret, "…");
  // Only our own errors set their name, and they say enough. Of others, the origin matters.
  if (!(error instanceof Error) || Object.hasOwn(error, "name")) return text;
  // The stack begins with the message as it is, of which a line may look like a frame.
  const frames = error.stack?.split("\n").slice(error.message.split("\n").length) ?? [];
  return [text, ...frames.filter((line) => /^ +at /.test(line))].join("\n");
}
