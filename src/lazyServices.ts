import type { ExtensionContext } from "vscode";
import type { Services } from "./services";

/**
 * Loads the services when they are needed first: where the user never connected their code isn't even read, or in
 * a web worker, which has it in the same file, not run.
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

  get(): Promise<Services> {
    this.#services ??= this.load();
    return this.#services;
  }

  /** Whether they were loaded, or anything is kept that they would read. */
  get areUsed(): boolean {
    return this.#services !== undefined || this.context.globalState.keys().length > 0;
  }

  /** For the status bar of a user who has connected before, in this window or another. */
  loadIfUsed(): void {
    if (this.areUsed) void this.get();
  }
}
