import { commands } from "vscode";

/** What a key is good for, by the steps of the walkthrough. */
export type FirstUse = "chat" | "tool" | "terminal" | "extension" | "credits";

/** Ticks the step of the walkthrough for what was really done. VS Code keeps that, whatever becomes of the context key. */
export const ticked = (use: FirstUse): void =>
  void commands.executeCommand("setContext", `connectOpenRouter.used.${use}`, true);
