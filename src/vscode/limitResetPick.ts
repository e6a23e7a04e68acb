import { l10n, type QuickPickItem } from "vscode";
import { pickOne } from "./pickOne";
import type { OwnKeySettings } from "./settings";

type Reset = OwnKeySettings["limitReset"];

const resets: Record<Reset, () => QuickPickItem> = {
  never: () => ({ label: l10n.t("No reset") }),
  daily: () => ({ label: l10n.t("Daily"), description: l10n.t("at midnight UTC") }),
  weekly: () => ({ label: l10n.t("Weekly"), description: l10n.t("on Monday at midnight UTC") }),
  monthly: () => ({ label: l10n.t("Monthly"), description: l10n.t("on the first day at midnight UTC") }),
};

/**
 * Asks when a key's limit resets, so that Enter takes the proposal; undefined where the list was closed.
 * @param onBack called when the user goes back to the limit
 */
export async function pickLimitReset(
  title: string,
  proposed: Reset,
  onBack?: () => void,
): Promise<Reset | undefined> {
  const items = Object.entries(resets).map(([reset, item]) => ({ ...item(), reset: reset as Reset }));
  const chosen = await pickOne({
    ...{ title, items, onBack },
    placeholder: l10n.t("How often the limit resets"),
    active: items.find(({ reset }) => reset === proposed),
    ...(onBack && { step: 2, totalSteps: 2 }),
  });
  return chosen?.item.reset;
}
