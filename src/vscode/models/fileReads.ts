import { type FileSystem, FileSystemError, FileType, type Uri, workspace } from "vscode";
import { isFileOfNode } from "../files";

export type FileReads = Pick<FileSystem, "readDirectory" | "readFile">;

/** Reads files near this one by Node where there is Node, else by VS Code. Both reject alike where there is no such file. */
export const fileReads = (file: Pick<Uri, "scheme">): FileReads =>
  isFileOfNode(file) ? nodeReads : workspace.fs;

/**
 * Without a wait, as Node loads the code of this extension: a file takes less than a millisecond, and each of the six
 * waits for one would last until the other extensions that start have had their turn.
 */
const nodeReads: FileReads = {
  async readDirectory({ fsPath }) {
    const { readdirSync } = await import("node:fs");
    return asVscode(() => readdirSync(fsPath)).map((name) => [name, FileType.Unknown]);
  },
  async readFile({ fsPath }) {
    const { readFileSync } = await import("node:fs");
    return asVscode(() => readFileSync(fsPath));
  },
};

/** The result of Node, or VS Code's error. */
function asVscode<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw FileSystemError.FileNotFound(error.message);
    throw error;
  }
}
