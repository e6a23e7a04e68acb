import type { ExtensionContext, Memento } from "vscode";
import type { Session } from "../../sessions/session";
import type { OwnKeyDependencies } from "./ownKey";

/** What the tools need from the services. */
export interface ToolServices {
  readonly context: Pick<ExtensionContext, "extension" | "extensionUri">;
  readonly extensionHost: "node" | "webWorker";
  readonly state: Pick<Memento, "get" | "update">;
  /** Logs and shows why something failed that nobody waits for. */
  report(error: unknown): void;
  /** The session in use. Where there is none, says how to connect, or throws `SecretStorageError`. */
  activeSession(): Promise<Session | undefined>;
  /** All sessions. Throws `SecretStorageError`, also where this window may not see all of them. */
  sessions(): Promise<readonly Session[]>;
  /** What a tool's own key takes. */
  readonly ownKey: OwnKeyDependencies;
  /** Lets the user choose a model; undefined if the list is closed. */
  pickModel(title: string): Promise<string | undefined>;
}
