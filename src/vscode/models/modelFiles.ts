import { Uri, workspace } from "vscode";
import type { ModelFiles } from "../../models/keptLists";
import { orIfMissing } from "../files";
import { type FileReads, fileReads } from "./fileReads";

/** Follows the name in the name of a file. No name has one (see `modelFileName`), and a draft has no name. */
const mark = "+";
const nameOf = (file: string) => file.slice(0, file.indexOf(mark));
const isDraft = (file: string) => file.startsWith(mark);
/** Milliseconds after which a draft is one that a window left that was closed. */
const longestWrite = 60_000;

/**
 * Files in a folder of the global storage, which all profiles share. Each text is a new file, and then the former
 * one is deleted: VS Code's own overwriting, also by a rename, lets readers see a file that is empty or missing.
 */
export function modelFiles(storage: Uri, reads: FileReads = fileReads(storage)): ModelFiles {
  const { fs } = workspace;
  const folder = Uri.joinPath(storage, "models");
  const uri = (file: string) => Uri.joinPath(folder, file);
  const files = async () =>
    (await orIfMissing(() => reads.readDirectory(folder), [])).map(([file]) => file).sort();
  const versions = async (name: string) => (await files()).filter((file) => nameOf(file) === name);
  const remove = (file: string) => orIfMissing(() => fs.delete(uri(file)), undefined);
  return {
    async read(name) {
      // What this one is about to read may be deleted, when another window has written.
      for (let attempt = 0; attempt < 5; attempt++) {
        const newest = (await versions(name)).at(-1);
        if (newest === undefined) return undefined;
        const bytes = await orIfMissing(() => reads.readFile(uri(newest)), undefined);
        if (bytes) return new TextDecoder().decode(bytes);
      }
      return undefined;
    },
    async write(name, text) {
      const version = `${mark}${Date.now()}-${crypto.randomUUID()}`;
      const isLeft = (file: string) =>
        isDraft(file) && Date.now() - Number.parseInt(file.slice(1), 10) > longestWrite;
      const former = (await files()).filter((file) => nameOf(file) === name || isLeft(file));
      await fs.writeFile(uri(version), new TextEncoder().encode(text)); // which creates the folder as well
      await fs.rename(uri(version), uri(name + version));
      await Promise.all(former.map(remove));
    },
    delete: async (name) => void (await Promise.all((await versions(name)).map(remove))),
    list: async () => [...new Set((await files()).filter((file) => !isDraft(file)).map(nameOf))],
  };
}
