import { l10n, type QuickPickOptions, window } from "vscode";
import { plainText } from "../../common/plainText";
import { maskApiKey } from "../../openrouter/apiKey";
import type { Session } from "../../sessions/session";
import { relativeTime } from "../relativeTime";

/** Lets the user choose one of the keys; undefined if the list is closed. */
export async function pickKey(
  sessions: readonly Session[],
  options: Pick<QuickPickOptions, "title" | "placeHolder">,
): Promise<Session | undefined> {
  const items = sessions.map((session) => ({
    label: plainText(session.label),
    description: `${maskApiKey(session.key)} · ${status(session)}`,
    session,
  }));
  return (await window.showQuickPick(items, options))?.session;
}

const status = ({ refused, createdAt }: Session) =>
  refused ? l10n.t("rejected by OpenRouter") : l10n.t("connected {0}", relativeTime(createdAt, Date.now()));
