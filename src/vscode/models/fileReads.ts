import { type FileSystem, FileSystemError, FileType, type Uri, workspace } from "vscode";

export type FileReads = Pick<FileSystem, "readDirectory" | "readFile">;

/**
 * Reads files near this one by Node where there is Node, else by VS Code: each step of its file system waits for a
 * turn of the window, which takes 5 to 20 ms while that starts. Both reject alike where there is no such file.
 */
export const fileReads = ({ scheme }: Pick<Uri, "scheme">): FileReads =>
  scheme === "file" && !("importScripts" in globalThis) ? nodeReads : workspace.fs;

const nodeReads: FileReads = {
  async readDirectory({ fsPath }) {
    const { readdir } = await import("node:fs/promises");
    return (await asVscode(readdir(fsPath))).map((name) => [name, FileType.Unknown]);
  },
  async readFile({ fsPath }) {
    const { readFile } = await import("node:fs/promises");
    return asVscode(readFile(fsPath));
  },
};

/** The result of Node, or VS Code's error. */
async function asVscode<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw FileSystemError.FileNotFound(error.message);
    throw error;
  }
}
