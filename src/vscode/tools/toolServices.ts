import type { ExtensionContext, Memento } from "vscode";
import type { Log } from "../../common/log";
import type { Session } from "../../sessions/session";
import type { OwnKeySettings } from "../settings";

/** What the tools need from the services. */
export interface ToolServices {
  readonly context: Pick<ExtensionContext, "extension" | "extensionUri">;
  readonly extensionHost: "node" | "webWorker";
  readonly log: Log;
  readonly state: Pick<Memento, "get" | "update">;
  /** The session in use. Where there is none, says how to connect, or throws `SecretStorageError`. */
  activeSession(): Promise<Session | undefined>;
  /** All sessions. Throws `SecretStorageError`. */
  sessions(): Promise<readonly Session[]>;
  /** The settings for a tool's own key. Throws `SettingError`. */
  ownKeySettings(): OwnKeySettings;
  /** Lets the user choose a model; undefined if the list is closed. */
  pickModel(title: string): Promise<string | undefined>;
}
