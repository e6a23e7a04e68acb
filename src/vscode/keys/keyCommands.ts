import { l10n, window } from "vscode";
import type { CopiedKey } from "../../clipboard/copiedKey";
import { getCurrentKey } from "../../openrouter/client";
import { accountLabel, type Session } from "../../sessions/session";
import type { SessionStore } from "../../sessions/sessionStore";
import { storeIssuedKey } from "../../sessions/storeIssuedKey";
import { SignInError } from "../../signIn/errors";
import { parsePastedKey } from "../../signIn/pastedKey";
import type { SignInHost } from "../../signIn/signInHost";
import { confirm } from "../confirm";
import { deliberate } from "../deliberate";
import { showSecretInputBox } from "../inputBox";
import { showWhatNext, whatNext } from "../whatNext";
import { keyName } from "./keyName";
import { openKeyPage } from "./keyPages";
import { showNotConnected } from "./notConnected";
import { pickKey } from "./pickKey";

/** What the user does with stored keys. */
export class KeyCommands {
  constructor(
    private readonly store: SessionStore,
    private readonly host: SignInHost,
    private readonly clipboard: Pick<CopiedKey, "copy">,
    /** Called with a key that was added. */
    private readonly connected: (session: Session) => void,
  ) {}

  /** Removes a key from this editor after a confirmation, with an undo. Throws `SecretStorageError`. */
  async disconnect(): Promise<void> {
    const session = await this.#pick(l10n.t("Select the key to disconnect"));
    if (!session) return;
    const isConfirmed = await confirm(
      l10n.t("Disconnect {0}?", keyName(session)),
      l10n.t(
        "Extensions can no longer read this key. It stays valid on OpenRouter until you revoke it there.",
      ),
      l10n.t("Disconnect"),
    );
    if (!isConfirmed) return;
    const isThere = ({ id, key }: Session) => id === session.id && key === session.key;
    // It was replaced while the question was open: the user is asked again, about its successor.
    if (!(await this.store.list()).some(isThere)) return this.disconnect();
    await this.store.remove(session.id);
    const revoke = l10n.t("Revoke on OpenRouter");
    const undo = l10n.t("Undo");
    const next = await window.showInformationMessage(
      l10n.t("Disconnected from OpenRouter. The key stays valid until you revoke it there."),
      revoke,
      undo,
    );
    if (next === revoke) await openKeyPage("key", session);
    if (next === undo) await this.#putBack(session);
  }

  /** Puts it beside a key that may have taken its place in the meantime. */
  async #putBack(session: Session): Promise<void> {
    const isTaken = (await this.store.list()).some(({ id }) => id === session.id);
    await this.store.add(isTaken ? { ...session, id: crypto.randomUUID() } : session);
  }

  /** Checks a key that the user has, stores it, and offers what comes next. Throws `SettingError`, `SecretStorageError`, or a cancellation. */
  async addApiKey(): Promise<void> {
    const { fetch, log, now, settings } = this.host;
    const { baseUrl, requestedTerms } = settings();
    const added = await showSecretInputBox(
      {
        title: l10n.t("Add an Existing API Key"),
        prompt: l10n.t("OpenRouter checks the key before it's stored."),
        placeholder: "sk-or-v1-…",
      },
      new AbortController().signal,
      async (text) => {
        const pasted = parsePastedKey(text);
        if (typeof pasted === "string") throw new SignInError(pasted);
        const { key } = pasted;
        const isKnown = (known: Session) => known.key === key && !known.refused;
        if ((await this.store.list()).some(isKnown)) throw new SignInError("keyIsThere");
        const { creatorUserId, isManagementKey } = await getCurrentKey(key, { fetch, log, baseUrl });
        if (isManagementKey) throw new SignInError("managementKey");
        return {
          version: 2,
          id: crypto.randomUUID(),
          key,
          label: accountLabel(requestedTerms.keyLabel),
          ...(creatorUserId && { userId: creatorUserId }),
          baseUrl,
          createdAt: now(),
        } as const;
      },
    );
    const session = await storeIssuedKey(added, this.store, this.host);
    this.connected(session);
    const message = l10n.t("{0} is connected.", keyName(session));
    if (await window.showInformationMessage(message, whatNext())) await showWhatNext();
  }

  /**
   * Copies a key after a confirmation, and clears the clipboard later. Throws `SecretStorageError`, or why the
   * clipboard can't be written.
   */
  async copyApiKey(): Promise<void> {
    const session = await this.#pick(l10n.t("Select the key to copy"));
    if (!session) return;
    const question = l10n.t("Copy API key {0}?", keyName(session));
    const detail = l10n.t(
      "Anyone who has the key can spend its credits. The clipboard is cleared after 60 seconds. If it can't be, you'll see a message.",
    );
    if (!(await deliberate(() => confirm(question, detail, l10n.t("Copy"))))) return;
    await this.clipboard.copy(session.key);
  }

  /** Gives up on keys that another window stored and this one can't see, after a confirmation. */
  async discardHiddenKeys(): Promise<void> {
    const isConfirmed = await confirm(
      l10n.t("Forget the key that another window stored?"),
      l10n.t(
        "Keys can then be stored here again. The other key is lost in this editor, but stays valid on OpenRouter until you revoke it there.",
      ),
      l10n.t("Forget That Key"),
    );
    if (isConfirmed) await this.store.discardHiddenSessions();
  }

  async #pick(placeHolder: string): Promise<Session | undefined> {
    const sessions = await this.store.list();
    if (sessions.length > 1) return pickKey(sessions, { placeHolder });
    if (sessions.length === 0) await showNotConnected();
    return sessions[0];
  }
}
