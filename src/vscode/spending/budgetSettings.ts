import { ConfigurationTarget, type Disposable, workspace } from "vscode";
import { withBudget } from "../../spending/budgetSetting";

const name = "extensionBudgets";

/** The id of the setting. */
export const budgetsSetting = `connectOpenRouter.${name}`;

const configuration = () => workspace.getConfiguration("connectOpenRouter");

/** The value of the setting, valid or not, as a copy: VS Code's own can't be kept. */
export function readBudgets(): unknown {
  const value = configuration().get<unknown>(name);
  return value === undefined ? {} : JSON.parse(JSON.stringify(value));
}

/**
 * Writes an extension's own budget into the user's settings, and nothing else. Rejects where VS Code can't, or where
 * the setting is no object.
 * @param usd a month; undefined removes it
 */
export async function writeBudget(extension: string, usd: number | undefined): Promise<void> {
  const budgets = withBudget(configuration().inspect(name)?.globalValue ?? {}, extension, usd);
  const isEmpty = Object.keys(budgets).length === 0;
  await configuration().update(name, isEmpty ? undefined : budgets, ConfigurationTarget.Global);
}

/** Fires when the setting changes. */
export const onDidChangeBudgets = (listener: () => void): Disposable =>
  workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(budgetsSetting)) listener();
  });
