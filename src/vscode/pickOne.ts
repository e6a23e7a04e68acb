import { QuickInputButtons, type QuickPickItem, window } from "vscode";

interface PickOptions<T extends QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly T[];
  /** What Enter takes; the first row by default. */
  readonly active?: T | undefined;
  /** Of how many questions this is which, from 1. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** Called when the user goes back to the question before; the list closes. */
  readonly onBack?: (() => void) | undefined;
}

/** The row that was chosen, and what stands in the list's box. */
interface Picked<T> {
  readonly item: T;
  readonly typed: string;
}

/** Lets the user choose a row. The list stays open while they work elsewhere. Undefined where it was closed. */
export const pickOne = <T extends QuickPickItem>({
  active,
  onBack,
  ...options
}: PickOptions<T>): Promise<Picked<T> | undefined> =>
  new Promise((resolve) => {
    const pick = window.createQuickPick<T>();
    Object.assign(pick, options, { ignoreFocusOut: true });
    if (active) pick.activeItems = [active];
    if (onBack) pick.buttons = [QuickInputButtons.Back];
    pick.onDidTriggerButton(() => {
      onBack?.();
      pick.hide();
    });
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (!item) return; // what was typed matches none
      resolve({ item, typed: pick.value }); // before the list closes, which is a cancel otherwise
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
