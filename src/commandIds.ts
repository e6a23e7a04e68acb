/** Every command of the manifest, and `tryAnotherFlow`, which is behind a link in a message. */
export const commandIds = [
  "connectOpenRouter.connect",
  "connectOpenRouter.connectWithCode",
  "connectOpenRouter.tryAnotherFlow",
  "connectOpenRouter.disconnect",
  "connectOpenRouter.addApiKey",
  "connectOpenRouter.copyApiKey",
  "connectOpenRouter.showCredits",
  "connectOpenRouter.openTerminal",
  "connectOpenRouter.showLog",
] as const;
export type CommandId = (typeof commandIds)[number];
