import { l10n, type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon } from "vscode";
import { plainText } from "../../common/plainText";
import type { ListedAccess } from "../../models/modelAccess";
import type { Session } from "../../sessions/session";
import { extensionDisplayName } from "../extensionName";
import { keyName } from "../keys/keyName";
import { formatTime } from "../relativeTime";

/** A row of the list of extensions. */
export interface AccessItem extends QuickPickItem {
  /** Not of a separator. */
  readonly access?: ListedAccess;
}

/** What a button of a row does. */
export type AccessAction = "setBudget" | "askAgain";

/** A button of a row, or of the list. */
export interface AccessButton extends QuickInputButton {
  readonly action: AccessAction;
}

/** By account, in the order of the keys. @param spentText what an extension spent this month */
export const accessItems = (
  listed: readonly ListedAccess[],
  sessions: readonly Session[],
  spentText: (extension: string) => string,
): AccessItem[] =>
  sessions.flatMap((session) => {
    const ofSession = listed
      .filter((access) => access.session === session.id)
      .map((access) => accessItem(access, spentText));
    ofSession.sort((a, b) => a.label.localeCompare(b.label));
    return ofSession.length > 0 ? [separator(session), ...ofSession] : [];
  });

/** The same row, with what the extension spent by now. */
export const withSpending = (item: AccessItem, spentText: (extension: string) => string): AccessItem =>
  item.access ? { ...item, detail: detail(item.access, spentText) } : item;

export const isAllowed = ({ access }: AccessItem) => access?.allowed === true;

/** The button for the budget of VS Code's own chat, which is never asked about. @param spent what it spent */
export const chatBudgetButton = (spent: string): AccessButton => ({
  iconPath: new ThemeIcon("comment-discussion"),
  tooltip: l10n.t("Set Budget of VS Code's Chat… ({0})", spent),
  action: "setBudget",
});

const separator = (session: Session): AccessItem => ({
  label: keyName(session),
  kind: QuickPickItemKind.Separator,
});

function accessItem(access: ListedAccess, spentText: (extension: string) => string): AccessItem {
  const id = plainText(access.extension);
  const name = extensionDisplayName(access.extension);
  const setBudget: AccessButton = {
    iconPath: new ThemeIcon("credit-card"),
    tooltip: l10n.t("Set Budget…"),
    action: "setBudget",
  };
  const askAgain: AccessButton = {
    iconPath: new ThemeIcon("discard"),
    tooltip: l10n.t("Ask Again"),
    action: "askAgain",
  };
  return {
    label: name ?? (id || l10n.t("Unknown extension, in this window")),
    ...(name !== undefined && { description: id }),
    detail: detail(access, spentText),
    // What VS Code doesn't name has no budget of its own.
    buttons: id ? [setBudget, askAgain] : [askAgain],
    access,
  };
}

const detail = (access: ListedAccess, spentText: (extension: string) => string) =>
  `${state(access)} · ${spentText(access.extension)}`;

function state({ allowed, at = Number.NaN }: ListedAccess): string {
  if (allowed === undefined) return l10n.t("Not allowed: you closed the question");
  return allowed
    ? l10n.t("Allowed since {0}", formatTime(at))
    : l10n.t("Not allowed since {0}", formatTime(at));
}
