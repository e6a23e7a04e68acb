import { createHash } from "node:crypto";

/** What the extension that reads the key shows of it. */
export const fingerprint = (key: { key: string } | undefined) =>
  createHash("sha256")
    .update(key?.key ?? "no key")
    .digest("hex")
    .slice(0, 12);
