import { commands, l10n, type QuickPickItem, ThemeIcon } from "vscode";
import { commandIds, vscodeCommandIds } from "../../commandIds";
import type { CreditsState } from "../../credits/creditsHost";
import type { CreditsPolling } from "../../credits/creditsPolling";
import type { Session } from "../../sessions/session";
import { hasTerminals } from "../hasTerminals";
import { openKeyPage } from "../keys/keyPages";
import { pickKey } from "../keys/pickKey";
import { relativeTime } from "../relativeTime";

/** A row of the Show Credits menu. */
export interface Entry extends QuickPickItem {
  /** What choosing it does; a figure does nothing. */
  readonly run?: () => unknown;
  /** The menu stays open: it shows the result, or a question takes its place. */
  readonly staysOpen?: boolean;
}

/** What can be done with the key in use. */
export function creditsActions(
  { sessions, refusal }: CreditsState,
  active: Session,
  polling: Pick<CreditsPolling, "retryAfter" | "refresh" | "choose">,
): Entry[] {
  const { retryAfter } = polling;
  return [
    ...(refusal === "confirmed"
      ? [{ ...action("sync", l10n.t("Reconnect")), run: run(commandIds.connect, active.id) }]
      : []),
    {
      ...action("refresh", l10n.t("Refresh")),
      ...(retryAfter > 0 && { description: l10n.t("available {0}", relativeTime(retryAfter, 0)) }),
      run: () => polling.refresh(active),
      staysOpen: true,
    },
    { ...action("key", l10n.t("Open Key Page")), run: () => openKeyPage("key", active) },
    { ...action("history", l10n.t("Open Activity")), run: () => openKeyPage("activity", active) },
    { ...action("graph", l10n.t("Show Spending")), run: run(commandIds.showSpending) },
    { ...action("add", l10n.t("Add Credits")), run: () => openKeyPage("credits", active) },
    ...(sessions.length > 1
      ? [
          {
            ...action("list-selection", l10n.t("Choose Key")),
            run: () => choose(sessions, polling),
            staysOpen: true,
          },
        ]
      : []),
    { ...action("tools", l10n.t("Set Up a Tool…")), run: run(commandIds.setUpTool), staysOpen: true },
    ...(hasTerminals()
      ? [
          {
            ...action("terminal", l10n.t("Open Terminal with API Key")),
            run: run(commandIds.openTerminal),
            staysOpen: true,
          },
        ]
      : []),
    {
      ...action("sign-out", l10n.t("Disconnect")),
      run: run(commandIds.disconnect),
      staysOpen: true,
    },
    {
      ...action("settings-gear", l10n.t("Settings")),
      run: run(vscodeCommandIds.openSettings, "connectOpenRouter"),
    },
  ];
}

const run =
  (command: string, ...rest: unknown[]) =>
  () =>
    commands.executeCommand(command, ...rest);

async function choose(sessions: readonly Session[], polling: Pick<CreditsPolling, "choose">): Promise<void> {
  const chosen = await pickKey(sessions, { title: l10n.t("Select the key to use") });
  if (chosen) await polling.choose(chosen.id);
}

/** An icon within the label would be read out with it. */
export const action = (icon: string, label: string) => ({ iconPath: new ThemeIcon(icon), label });
