import { Uri, workspace } from "vscode";
import { withTimeLimit } from "../../common/timeLimit";
import { draftName, type LedgerFiles } from "../../spending/ledgerFiles";
import { nodeLedgerFiles } from "../../spending/nodeLedgerFiles";
import { isFileOfNode, orIfMissing } from "../files";

/** Milliseconds: nothing waits for a disk without an end. */
const timeLimit = 10_000;

/** The ledger's files, in a folder of the global storage, which all profiles share. */
export function ledgerFolder(storage: Uri): LedgerFiles {
  const folder = Uri.joinPath(storage, "spending");
  return isFileOfNode(folder) ? nodeLedgerFiles(folder.fsPath) : vscodeLedgerFiles(folder);
}

/** The files by VS Code, for a web worker. Of two claims at the very same moment, both may be won. */
export function vscodeLedgerFiles(folder: Uri): LedgerFiles {
  const { fs } = workspace;
  const uri = (name: string) => Uri.joinPath(folder, name);
  const inTime = <T>(work: () => PromiseLike<T>) => withTimeLimit(work(), timeLimit);
  const write = (name: string, text: string) =>
    inTime(() => fs.writeFile(uri(name), new TextEncoder().encode(text))); // which creates the folder as well
  return {
    list: async () =>
      (await orIfMissing(() => inTime(() => fs.readDirectory(folder)), [])).map(([name]) => name),
    async read(name) {
      const bytes = await orIfMissing(() => inTime(() => fs.readFile(uri(name))), undefined);
      return bytes && new TextDecoder().decode(bytes);
    },
    async create(name, text) {
      const draft = draftName(Date.now());
      await write(draft, text);
      await inTime(() => fs.rename(uri(draft), uri(name), { overwrite: true }));
    },
    delete: (name) => orIfMissing(() => inTime(() => fs.delete(uri(name))).then(() => true), false),
    async claim(name) {
      if (await orIfMissing(() => inTime(() => fs.stat(uri(name))), undefined)) return false;
      await write(name, "");
      return true;
    },
  };
}
