import { FileSystemError, Uri, workspace } from "vscode";
import type { ModelFiles } from "../../models/keptLists";

const { fs } = workspace;

/** Files in a folder of the global storage, which belongs to the profile. */
export function modelFiles(storage: Uri): ModelFiles {
  const folder = Uri.joinPath(storage, "models");
  const uri = (name: string) => Uri.joinPath(folder, name);
  return {
    read: (name) =>
      orIfMissing(async () => new TextDecoder().decode(await fs.readFile(uri(name))), undefined),
    async write(name, text) {
      const draft = uri(`${name}.${crypto.randomUUID()}`);
      try {
        await fs.writeFile(draft, new TextEncoder().encode(text)); // which creates the folder as well
        await fs.rename(draft, uri(name), { overwrite: true });
      } catch (error) {
        await Promise.resolve(fs.delete(draft)).catch(() => {}); // it may not be there, and the cause matters more
        throw error;
      }
    },
    delete: (name) => orIfMissing(async () => fs.delete(uri(name)), undefined),
    list: () => orIfMissing(async () => (await fs.readDirectory(folder)).map(([name]) => name), []),
  };
}

async function orIfMissing<T>(work: () => Promise<T>, missing: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return missing;
    throw error;
  }
}
