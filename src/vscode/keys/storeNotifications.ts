import { commands, Disposable, l10n, type Memento, window } from "vscode";
import type { Log } from "../../common/log";
import type { SessionIndex } from "../../sessions/sessionIndex";
import type { SessionStore } from "../../sessions/sessionStore";
import { reportError } from "../showError";

const notifiedKey = "notifiedCorruptRecords";

/** Keeps the commands that need a key in step with the store, and reports what is wrong with it, once. */
export function showStoreNotifications(
  store: SessionStore,
  index: SessionIndex,
  globalState: Pick<Memento, "get" | "update">,
  log: Log,
): Disposable {
  const changes = store.onDidChange(({ added, removed, changed }) =>
    log.info(`Keys: +${added.length} -${removed.length} ~${changed.length}`),
  );
  let connected: boolean | undefined;
  const looks = store.onDidRead((sessions) => {
    if (connected === sessions.length > 0) return;
    connected = sessions.length > 0;
    void commands.executeCommand("setContext", "connectOpenRouter.connected", connected);
  });
  const damage = reportCorruptRecords(store, globalState, log);
  // VS Code closes the message that says the same, which may be out of sight by now.
  const tellUnseen = async () => {
    const reload = l10n.t("Reload Window");
    const forget = l10n.t("Forget That Key");
    const message = l10n.t(
      "Another window connected to OpenRouter. Reload this window to use its key; until then nothing is stored from here, so that the key isn't overwritten.",
    );
    const chosen = await window.showWarningMessage(message, reload, forget);
    if (chosen === reload) await commands.executeCommand("workbench.action.reloadWindow");
    if (chosen === forget) await store.discardHiddenSessions().catch((error) => reportError(error, log));
  };
  const unseen = commands.registerCommand("connectOpenRouter.tellUnseen", tellUnseen);
  const blind = store.onDidDetectStaleSecrets(tellUnseen);
  // In a browser nothing else tells this window that another one connected or disconnected.
  const focus = window.onDidChangeWindowState(({ focused }) => {
    if (focused && index.needed) void store.list().catch(() => {}); // whoever needs it is told
  });
  return Disposable.from(changes, looks, damage, unseen, blind, focus);
}

/** Reports a record that can't be understood: once, whatever windows there are, and it stays until the person decides. */
export function reportCorruptRecords(
  store: Pick<SessionStore, "onDidFindCorruptRecord" | "remove">,
  globalState: Pick<Memento, "get" | "update">,
  log: Log,
): Disposable {
  return Disposable.from(
    store.onDidFindCorruptRecord(async (id) => {
      const told = globalState.get<string[]>(notifiedKey, []);
      if (told.includes(id)) return;
      await globalState.update(notifiedKey, [...told, id]);
      const connect = l10n.t("Connect OpenRouter");
      const remove = l10n.t("Delete It");
      const chosen = await window.showWarningMessage(
        l10n.t(
          "A stored key can't be understood: it is damaged, or a newer version of this extension wrote it. It is kept as it is, and your other keys are fine.",
        ),
        connect,
        remove,
      );
      if (chosen === connect) await commands.executeCommand("connectOpenRouter.connect");
      if (chosen === remove) await store.remove(id).catch((error) => reportError(error, log));
    }),
  );
}
