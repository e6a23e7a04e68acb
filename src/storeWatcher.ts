import { commands, Disposable, l10n, type Memento, window } from "vscode";
import type { SessionStore } from "./sessionStore";

const toldKey = "damagedRecordsTold";

/** Keeps the commands that need a key in step with the store, and reports what is damaged in it, once. */
export function watchStore(store: SessionStore, globalState: Memento): Disposable {
  let connected: boolean | undefined;
  const looks = store.onDidLook((sessions) => {
    if (connected === sessions.length > 0) return;
    connected = sessions.length > 0;
    void commands.executeCommand("setContext", "connectOpenRouter.connected", connected);
  });
  const damage = store.onDidFindDamage(async (id) => {
    const told = globalState.get<string[]>(toldKey, []);
    if (told.includes(id)) return;
    await globalState.update(toldKey, [...told, id]);
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
    if (chosen === remove) await store.remove(id);
  });
  return Disposable.from(looks, damage);
}
