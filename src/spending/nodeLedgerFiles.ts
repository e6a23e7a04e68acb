import { draftName, type LedgerFiles } from "./ledgerFiles";

/**
 * The files by Node, without a wait: a write takes less than a millisecond, and the last one of a window that is being
 * closed isn't lost. @param folder its path; it's created when it's needed
 */
export function nodeLedgerFiles(folder: string): LedgerFiles {
  const path = (name: string) => `${folder}/${name}`;
  return {
    async list() {
      const { readdirSync } = await import("node:fs");
      return orIf("ENOENT", () => readdirSync(folder)) ?? [];
    },
    async read(name) {
      const { readFileSync } = await import("node:fs");
      const bytes = orIf("ENOENT", () => readFileSync(path(name)));
      return bytes && new TextDecoder().decode(bytes);
    },
    async create(name, text) {
      const { mkdirSync, renameSync, unlinkSync, writeFileSync } = await import("node:fs");
      const draft = path(draftName(Date.now()));
      mkdirSync(folder, { recursive: true });
      try {
        writeFileSync(draft, text);
        renameSync(draft, path(name));
      } catch (error) {
        orIf("ENOENT", () => unlinkSync(draft)); // a full disk gets no fuller
        throw error;
      }
    },
    async delete(name) {
      const { unlinkSync } = await import("node:fs");
      const deleted = () => {
        unlinkSync(path(name));
        return true;
      };
      return orIf("ENOENT", deleted) ?? false;
    },
    async claim(name) {
      const { mkdirSync, writeFileSync } = await import("node:fs");
      const claimed = () => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(path(name), "", { flag: "wx" });
        return true;
      };
      return orIf("EEXIST", claimed) ?? false;
    },
  };
}

/** Undefined where the work fails for that reason. */
function orIf<T>(code: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === code) return undefined;
    throw error;
  }
}
