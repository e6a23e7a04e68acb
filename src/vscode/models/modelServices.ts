import type { Extension, LogOutputChannel, Memento, Uri } from "vscode";
import type { AccessState } from "../../models/accessRecords";
import type { ModelList } from "../../openrouter/model";
import type { Terms } from "../../openrouter/terms";
import type { Session } from "../../sessions/session";
import type { KeyUsage } from "../../spending/keyCount";
import type { TurnCost } from "../../spending/turnCosts";
import type { ProviderGroup } from "./providerGroup";

/**
 * What the models need from the services. They are in another bundle, which shares no modules with this one: whatever
 * a class or a schema is needed for is done over there.
 */
export interface ModelServices {
  readonly extension: Pick<Extension<unknown>, "extensionKind">;
  readonly log: LogOutputChannel;
  /** The folder for files, which all profiles share. */
  readonly storage: Uri;
  /** State of this profile, in step between its windows. */
  readonly state: Pick<Memento, "get" | "update">;
  /** State of the consents, shared by all profiles where that is possible. */
  readonly access: AccessState;
  readonly group: Pick<ProviderGroup, "isWanted" | "add">;
  /** All sessions. Rejects where they can't be read. */
  sessions(): Promise<readonly Session[]>;
  /** Rejects where there may be sessions that `sessions` doesn't have, since this window can't see them. */
  assertComplete(): Promise<void>;
  /** The session in use. Rejects where they can't be read. */
  activeSession(): Promise<Session | undefined>;
  /** Fires when there may be another session in use, or another key. */
  onDidChangeSessions(listener: () => void): { dispose(): void };
  /** The models that the session's key can use. Rejects where OpenRouter can't be asked. */
  fetch(session: Session): Promise<ModelList>;
  /** What is known of the terms of the session's key. */
  termsOf(session: Session): Terms | undefined;
  /** What OpenRouter last said that the session's key has used, if it did. */
  usageOf(session: Session): KeyUsage | undefined;
  /** Asks OpenRouter about that again, unless it was asked within the last minute, or too often. Never rejects. */
  refreshUsage(session: Session): Promise<void>;
  /**
   * Signs in before the chat is used, and shows how that ends. Resolves to whether there is a key then.
   * @param again what **Try Again** runs in the message about a failure, instead of connecting alone
   */
  connect(again?: () => unknown): Promise<boolean>;
  /** The session's key has paid for a request, in USD. */
  paid(session: Session, usd: number): void;
  /** Shows in the status bar what the latest turn has cost; undefined: nothing. */
  showTurnCost(cost: TurnCost | undefined): void;
  /** What was spent was deleted: the status bar no longer shows it. */
  spendingCleared(): void;
  /** OpenRouter rejected the session's key (401). */
  keyRefused(session: Session): void;
  /** Why something of the services failed, in a message with the next step. */
  message(error: unknown): string | undefined;
  /** Shows that; nothing after a cancel. */
  report(error: unknown): void;
  /** Tells VS Code that there may be other models. */
  modelsChanged(): void;
}
