import { commands, type Disposable, type Memento, type Tab, window } from "vscode";

/** The walkthrough's steps, by their ids in the manifest. */
const steps = ["connect", "chat", "tool", "extension", "terminal", "credits"] as const;
type Step = (typeof steps)[number];

type State = Pick<Memento, "get" | "update">;
const entry = (step: Step) => `done.${step}`;

/** Ticks a step of the walkthrough, once it was really done. It stays so, in new windows as well. */
export function ticked(state: State, step: Step): void {
  tick(step);
  if (!state.get(entry(step))) void state.update(entry(step), true);
}

/**
 * When to tick, in milliseconds after the walkthrough may have been opened. VS Code registers it when it's first
 * needed, and may wait five seconds for its experiments before.
 */
const delays = [0, 1000, 6000];

/** Ticks the steps that were done before, whenever the walkthrough may just have been opened. */
export function tickDoneSteps(state: State): Disposable {
  let timers: ReturnType<typeof setTimeout>[] = [];
  const stop = () => timers.forEach(clearTimeout);
  const tickAll = () => steps.filter((step) => state.get(entry(step))).forEach(tick);
  const opened = (tabs: readonly Tab[]) => {
    // Extensions aren't told what is in the walkthrough's tab.
    if (!tabs.some(({ input }) => input === undefined)) return;
    stop();
    timers = delays.map((delay) => setTimeout(tickAll, delay));
  };
  const listener = window.tabGroups.onDidChangeTabs((event) => opened([...event.opened, ...event.changed]));
  opened(window.tabGroups.all.flatMap(({ tabs }) => tabs));
  return {
    dispose() {
      listener.dispose();
      stop();
    },
  };
}

/**
 * Ticks a step, if VS Code has registered the walkthrough by now. VS Code ticks it when its context key is set, but
 * never in this window if the key was already set at the registration. So it's set for a moment only.
 */
function tick(step: Step): void {
  for (const value of [true, undefined]) {
    void commands.executeCommand("setContext", `connectOpenRouter.done.${step}`, value);
  }
}
