import type { ExtensionContext } from "vscode";
import type { Services } from "./services";

/**
 * Loads the services on first use. Until the user connects, their code isn't even read; in a web worker, which has
 * it in the same file, it isn't run.
 */
export class LazyServices {
  readonly #subscription;
  #services: Promise<Services> | undefined;

  constructor(
    private readonly context: Pick<ExtensionContext, "globalState" | "secrets">,
    private readonly load: () => Promise<Services>,
  ) {
    // Another window connects.
    this.#subscription = context.secrets.onDidChange(() => this.get());
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The services, loaded by the first call. */
  get(): Promise<Services> {
    this.#services ??= this.load();
    return this.#services;
  }

  /** Whether they were loaded, or left anything in `globalState` earlier. */
  get areUsed(): boolean {
    return this.#services !== undefined || this.context.globalState.keys().length > 0;
  }

  /** Shows the status bar item of a user who has connected before, in this window or another. */
  loadIfUsed(): void {
    if (this.areUsed) void this.get();
  }
}
