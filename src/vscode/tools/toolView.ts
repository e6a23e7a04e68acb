import { commands, extensions } from "vscode";
import { withTimeLimit } from "../../common/timeLimit";
import type { ToolExtension } from "../../tools/toolExtensions";
import { webviewView } from "../../tools/webviewView";

/** Milliseconds for VS Code to show a view, which may have to start the extension first. */
const timeLimit = 10_000;

/**
 * The id of the extension's view; undefined where the extension isn't installed, or disabled. VS Code doesn't name
 * extensions that run on another machine than ours, or in another extension host, but has the commands of their views.
 */
export async function findToolView({ id, view }: ToolExtension): Promise<string | undefined> {
  const extension = extensions.getExtension(id);
  if (extension) return webviewView(extension.packageJSON) ?? view;
  const all = await withTimeLimit(commands.getCommands(true), timeLimit);
  return all.includes(focusCommand(view)) ? view : undefined;
}

/** Shows the view. Rejects where VS Code can't. */
export const showToolView = (view: string): Promise<unknown> =>
  withTimeLimit(commands.executeCommand(focusCommand(view)), timeLimit);

/** VS Code has such a command for each view. */
const focusCommand = (view: string) => `${view}.focus`;
