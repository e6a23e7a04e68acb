import { ConfigurationTarget, workspace } from "vscode";

const configuration = () => workspace.getConfiguration("connectOpenRouter");

/** The id of the setting. */
export const chosenModelsSetting = "connectOpenRouter.models";

/** The ids that the user chose for the model picker; none means our choice. What is no id of a model counts as none. */
export function readChosenModels(): string[] {
  const value = configuration().get<unknown>("models");
  const ids = Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  return [...new Set(ids.map((id) => id.trim()).filter((id) => id !== ""))];
}

/** Stores the user's choice for all windows; an empty one removes it, for ours. Rejects where VS Code can't. */
export async function writeChosenModels(ids: readonly string[]): Promise<void> {
  await configuration().update("models", ids.length > 0 ? ids : undefined, ConfigurationTarget.Global);
}
