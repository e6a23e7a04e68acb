import { l10n, type QuickPickItem, window } from "vscode";
import type { OwnKeySettings } from "../settings";

type Reset = OwnKeySettings["limitReset"];

const resets: Record<Reset, () => QuickPickItem> = {
  never: () => ({ label: l10n.t("No reset") }),
  daily: () => ({ label: l10n.t("Daily"), description: l10n.t("at midnight UTC") }),
  weekly: () => ({ label: l10n.t("Weekly"), description: l10n.t("on Monday at midnight UTC") }),
  monthly: () => ({ label: l10n.t("Monthly"), description: l10n.t("on the first day at midnight UTC") }),
};

/** Asks when a key's limit resets, so that Enter takes the proposal; undefined where the list was closed. */
export const pickLimitReset = (title: string, proposed: Reset): Promise<Reset | undefined> =>
  new Promise((resolve) => {
    const pick = window.createQuickPick<QuickPickItem & { readonly reset: Reset }>();
    const items = Object.entries(resets).map(([reset, item]) => ({ ...item(), reset: reset as Reset }));
    Object.assign(pick, {
      title,
      placeholder: l10n.t("How often the limit resets"),
      ignoreFocusOut: true,
      items,
      activeItems: items.filter(({ reset }) => reset === proposed),
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.activeItems;
      if (!chosen) return; // what was typed matches none
      resolve(chosen.reset); // before the list closes, which is a cancel otherwise
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
