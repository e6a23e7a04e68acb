import { commands, type Memento } from "vscode";

/** What a key is good for, by the steps of the walkthrough. */
const uses = ["chat", "tool", "terminal", "extension", "credits"] as const;
type FirstUse = (typeof uses)[number];

type State = Pick<Memento, "get" | "update">;
const entry = (use: FirstUse) => `used.${use}`;

/**
 * Ticks the step of the walkthrough for what was really done. VS Code keeps that only once a walkthrough was open in the
 * window, so it's kept here as well.
 */
export function ticked(state: State, use: FirstUse): void {
  show(use);
  if (!state.get(entry(use))) void state.update(entry(use), true);
}

/** Ticks in a new window what was done in others. */
export function showFirstUses(state: State): void {
  for (const use of uses) if (state.get(entry(use))) show(use);
}

const show = (use: FirstUse) =>
  void commands.executeCommand("setContext", `connectOpenRouter.used.${use}`, true);
