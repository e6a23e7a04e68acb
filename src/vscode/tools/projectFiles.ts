import { commands, FileType, Uri, window, workspace } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { plainText } from "../../common/plainText";
import { withTimeLimit } from "../../common/timeLimit";
import type { CommandLineTool } from "../../tools/commandLineTool";
import { mayRedirect } from "../../tools/projectFileText";
import { orIfMissing } from "../files";

/** Milliseconds for reading a file. */
const timeLimit = 5000;

interface ProjectFile {
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

/** Opens the file in an editor, or shows the folder in the Explorer. */
export async function showFile({ uri }: ProjectFile): Promise<void> {
  const { type } = await workspace.fs.stat(uri);
  if (type & FileType.Directory) await commands.executeCommand(vscodeCommandIds.revealInExplorer, uri);
  else await window.showTextDocument(uri);
}

async function redirects(uri: Uri): Promise<boolean> {
  try {
    const reading = () => withTimeLimit(workspace.fs.readFile(uri), timeLimit);
    const bytes = await orIfMissing(reading, undefined);
    return bytes !== undefined && mayRedirect(new TextDecoder().decode(bytes));
  } catch {
    return true; // it's there, and the tool may be able to read it
  }
}
