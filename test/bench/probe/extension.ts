// Measures in the extension host. Activated before the others ("*"), so that it sees them load. The bench tells
// it what to do next.
import { type ExtensionContext, workspace } from "vscode";
import { activationSamples, partsSample, startActivation } from "./activation";
import { measureCallback } from "./callback";
import { measureSecrets } from "./secrets";
import { askForConsent, measureServing, removeAll } from "./serving";
import type { Task } from "./tasks";

export function activate(context: ExtensionContext): void {
  const address = workspace.getConfiguration("bench").get<string>("address");
  if (!address) throw new Error("The bench gave no address");
  void startActivation(context).then(() => follow(address));
}

async function follow(address: string): Promise<void> {
  for (;;) {
    const task: Task = await (await fetch(`${address}/task`)).json();
    const result = await perform(task).catch((error) => ({ error: String(error?.stack ?? error) }));
    await fetch(`${address}/result`, { method: "POST", body: JSON.stringify(result ?? null) });
  }
}

function perform(task: Task): Promise<unknown> {
  switch (task.name) {
    case "activation":
      return activationSamples();
    case "parts":
      return partsSample();
    case "secrets":
      return measureSecrets();
    case "callback":
      return measureCallback();
    case "consent":
      return askForConsent();
    case "serve":
      return measureServing(task.sessions, task.calls);
    case "removeAll":
      return removeAll();
  }
}
