import { commands, Disposable, l10n, type Memento, window } from "vscode";
import { commandIds } from "../../commandIds";
import type { Log } from "../../common/log";
import { SecretStorageError } from "../../sessions/secretCollection";
import type { SessionIndex } from "../../sessions/sessionIndex";
import type { SessionStore } from "../../sessions/sessionStore";
import { reportError } from "../showError";

const notifiedKey = "notifiedCorruptRecords";

/** Shows what is wrong with the store, and logs how it changes. */
export function showStoreNotifications(
  store: SessionStore,
  index: SessionIndex,
  globalState: Pick<Memento, "get" | "update">,
  log: Log,
): Disposable {
  const changes = store.onDidChange(({ added, removed, changed }) =>
    log.info(`Keys: +${added.length} -${removed.length} ~${changed.length}`),
  );
  const corrupt = reportCorruptRecords(store, globalState, log);
  const stale = store.onDidDetectStaleSecrets(() => reportError(new SecretStorageError("stale"), log));
  const lost = store.onDidLoseKeys(() => void showLostKeys(log));
  // In a browser, nothing else lets this window know that another one connected or disconnected.
  const focus = window.onDidChangeWindowState(({ focused }) => {
    if (focused && index.needed) void store.list().catch(() => {}); // whatever needs the store reports it
  });
  return Disposable.from(changes, corrupt, stale, lost, focus);
}

/** Shows that the browser no longer has keys that it had. */
async function showLostKeys(log: Log): Promise<void> {
  log.warn("Keys are gone from secret storage");
  const connect = l10n.t("Connect OpenRouter");
  const chosen = await window.showWarningMessage(
    l10n.t(
      "An OpenRouter key is gone from this browser: its site data was cleared, or a window of another profile overwrote it. Connect again. The key stays valid on OpenRouter until you revoke it there.",
    ),
    connect,
  );
  if (chosen === connect) await commands.executeCommand(commandIds.connect);
}

/** Shows that a record is corrupt, once across all windows. The record stays until the user deletes it. */
export function reportCorruptRecords(
  store: Pick<SessionStore, "onDidFindCorruptRecord" | "remove">,
  globalState: Pick<Memento, "get" | "update">,
  log: Log,
): Disposable {
  return Disposable.from(
    store.onDidFindCorruptRecord(async (id) => {
      const notified = globalState.get<string[]>(notifiedKey, []);
      if (notified.includes(id)) return;
      await globalState.update(notifiedKey, [...notified, id]);
      const connect = l10n.t("Connect OpenRouter");
      const remove = l10n.t("Delete Stored Key");
      const chosen = await window.showWarningMessage(
        l10n.t(
          "A stored key can't be read: it's corrupt, or was stored by a newer version of this extension. It's kept unchanged, and your other keys aren't affected.",
        ),
        connect,
        remove,
      );
      if (chosen === connect) await commands.executeCommand(commandIds.connect);
      if (chosen === remove) await store.remove(id).catch((error) => reportError(error, log));
    }),
  );
}
