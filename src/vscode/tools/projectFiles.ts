import { commands, type FileStat, FileType, Uri, window, workspace } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { plainText } from "../../common/plainText";
import { withTimeLimit } from "../../common/timeLimit";
import type { CommandLineTool } from "../../tools/commandLineTool";
import { mayRedirect } from "../../tools/projectFileText";
import { orIfMissing } from "../files";

/** Milliseconds for looking at a file, and for reading it. */
const timeLimit = 5000;

/** Bytes that are read of a file: a repository may bring one that fills the memory. */
const sizeLimit = 2 ** 20;

export interface ProjectFile {
  readonly uri: Uri;
  /** Its path within the workspace. */
  readonly name: string;
}

/** The files of this workspace that may make the tool send the key to another server; also those that can't be read. */
export async function projectFilesThatRedirect(
  tool: Pick<CommandLineTool, "projectFiles">,
): Promise<ProjectFile[]> {
  const candidates = (workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
    tool.projectFiles.map((path) => Uri.joinPath(uri, path)),
  );
  const found = await Promise.all(candidates.map(async (uri) => ((await redirects(uri)) ? [uri] : [])));
  return found.flat().map((uri) => ({ uri, name: plainText(workspace.asRelativePath(uri)) }));
}

/** Opens the file in an editor, or shows in the Explorer what is none. */
export async function showFile({ uri }: ProjectFile): Promise<void> {
  const { type } = await workspace.fs.stat(uri);
  if (type & FileType.File) await window.showTextDocument(uri);
  else await commands.executeCommand(vscodeCommandIds.revealInExplorer, uri);
}

async function redirects(uri: Uri): Promise<boolean> {
  try {
    const look = () => withTimeLimit(workspace.fs.stat(uri), timeLimit);
    const file = await orIfMissing(look, undefined);
    if (!file) return false;
    if (!isReadable(file)) return true;
    const bytes = await withTimeLimit(workspace.fs.readFile(uri), timeLimit);
    return mayRedirect(new TextDecoder().decode(bytes));
  } catch {
    return true; // it's there, and the tool may be able to read it
  }
}

/** Whether reading it ends: a link may lead to a device, or to a file of the system that says it has no size. */
const isReadable = ({ type, size }: FileStat) =>
  (type & FileType.File) !== 0 && size <= sizeLimit && (size > 0 || type === FileType.File);
