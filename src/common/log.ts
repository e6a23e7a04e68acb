/** What a person and a maintainer read afterwards: short, in English, and never a key, code, verifier or state. */
export type Log = Record<"trace" | "debug" | "info" | "warn" | "error", (text: string) => void>;

/** Long enough to be a secret: no error of ours has one in its text, but others' may quote what they got. */
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
  // Our own errors, which alone name themselves, say enough. Of others it counts where they come from.
  if (!(error instanceof Error) || Object.hasOwn(error, "name")) return text;
  return [text, ...(error.stack?.match(/^ +at .*/gm) ?? [])].join("\n");
}
