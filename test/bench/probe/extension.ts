// Measures in the extension host. Activated before the others ("*"), so that it sees them load. Gets its tasks
// from the bench.
import { type ExtensionContext, workspace } from "vscode";
import type { Task } from "../tasks";
import { activationSamples, servicesSample, startActivation } from "./activation";
import { measureCallback } from "./callback";
import { measureListing } from "./listing";
import { askForConsent, measureServing, removeAll } from "./serving";

export function activate(context: ExtensionContext): void {
  const url = workspace.getConfiguration("bench").get<string>("address");
  if (!url) throw new Error("The bench set no URL");
  void startActivation(context).then(() => performTasks(url));
}

async function performTasks(url: string): Promise<void> {
  for (;;) {
    const task: Task = await (await fetch(`${url}/task`)).json();
    const result = await perform(task).catch((error) => ({ error: String(error?.stack ?? error) }));
    await fetch(`${url}/result`, { method: "POST", body: JSON.stringify(result ?? null) });
  }
}

function perform(task: Task): Promise<unknown> {
  switch (task.name) {
    case "activation":
      return activationSamples();
    case "services":
      return servicesSample();
    case "callback":
      return measureCallback();
    case "consent":
      return askForConsent();
    case "serve":
      return measureServing(task.sessions, task.calls);
    case "list":
      return measureListing();
    case "removeAll":
      return removeAll();
  }
}
