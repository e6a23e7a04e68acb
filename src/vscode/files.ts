import { FileSystemError, type Uri } from "vscode";

/**
 * Whether Node can read and write such a file: each step of VS Code's own file system waits for a turn of the window,
 * which takes 5 to 20 ms while that starts.
 */
export const isFileOfNode = ({ scheme }: Pick<Uri, "scheme">): boolean =>
  scheme === "file" && !("importScripts" in globalThis);

/** The result of work with a file by VS Code, or what is to be there where there is no such file. */
export async function orIfMissing<T>(work: () => PromiseLike<T>, missing: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return missing;
    throw error;
  }
}
