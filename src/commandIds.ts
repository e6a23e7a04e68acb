/** The commands of the manifest, and those behind a link or a button. */
const names = [
  "connect",
  "connectWithCode",
  "tryAnotherFlow",
  "disconnect",
  "discardHiddenKeys",
  "addApiKey",
  "copyApiKey",
  "showCredits",
  "openKeyPage",
  "openTerminal",
  "setUpTool",
  "chooseModels",
  "manageModelAccess",
  "chatWithModels",
  "showSpending",
  "exportSpending",
  "clearSpendingHistory",
  "showLog",
] as const;
type CommandIds = { readonly [Name in (typeof names)[number]]: `connectOpenRouter.${Name}` };

/** Each command's id by its name, made of it, since start-up loads this file. */
export const commandIds = Object.fromEntries(
  names.map((name) => [name, `connectOpenRouter.${name}`]),
) as CommandIds;
export type CommandId = CommandIds[keyof CommandIds];

/** VS Code's own commands in use (VS Code docs, "Built-in Commands" and "Default Keyboard Shortcuts"). */
export const vscodeCommandIds = {
  openSettings: "workbench.action.openSettings",
  openSettingsFile: "workbench.action.openSettingsJson",
  openWorkspaceSettings: "workbench.action.openWorkspaceSettings",
  manageTrust: "workbench.trust.manage",
  reloadWindow: "workbench.action.reloadWindow",
  setLogLevel: "workbench.action.setLogLevel",
  revealInExplorer: "revealInExplorer",
  // These aren't in VS Code's docs: where one is missing, or fails, the user is told what to do.
  openChat: "workbench.action.chat.open",
  closeModalEditor: "workbench.action.closeModalEditor",
  manageLanguageModels: "workbench.action.chat.manage",
  installExtension: "workbench.extensions.installExtension",
  addProviderGroup: "lm.addLanguageModelsProviderGroup",
  searchExtensions: "workbench.extensions.search",
  openWalkthrough: "workbench.action.openWalkthrough",
} as const;
