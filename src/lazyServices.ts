import type { ExtensionContext } from "vscode";
import { withTimeLimit } from "./common/timeLimit";
import type { Services } from "./services";
import type { Secrets } from "./sessions/secretCollection";

/** Milliseconds for listing the secrets. If it takes longer, there may be some. */
const timeLimit = 10_000;

/**
 * Loads the services on first use. Until the user connects, their code isn't even read; in a web worker, which has
 * it in the same file, it isn't run.
 */
export class LazyServices {
  readonly #subscription;
  #services: Promise<Services> | undefined;

  constructor(
    private readonly context: Pick<ExtensionContext, "globalState"> & { readonly secrets: Secrets },
    private readonly load: () => Promise<Services>,
  ) {
    // Another window connects.
    this.#subscription = context.secrets.onDidChange(() => this.#loadNow());
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The services, loaded by the first call. A load that fails is tried again, at once and by the next call. */
  get(): Promise<Services> {
    this.#services ??= this.load()
      .catch(() => this.load())
      .catch((error) => {
        this.#services = undefined;
        throw error;
      });
    return this.#services;
  }

  /** Whether they were loaded, or left anything in this profile's `globalState` earlier. */
  get areUsed(): boolean {
    return this.#services !== undefined || this.context.globalState.keys().length > 0;
  }

  /**
   * Whether there may be keys, which all profiles share. Where secrets can't be listed (VS Code 1.104), only the
   * services know.
   */
  async mayHaveKeys(): Promise<boolean> {
    if (this.areUsed) return true;
    const listing = withTimeLimit(Promise.resolve(this.context.secrets.keys?.()), timeLimit);
    const names = await listing.catch(() => undefined); // the services report why
    return names?.length !== 0 || this.areUsed;
  }

  /** Shows the status bar item of a user who has connected before, in this profile. */
  loadIfUsed(): void {
    if (this.areUsed) this.#loadNow();
  }

  /** As `loadIfUsed`, or in another profile. */
  async loadIfNeeded(): Promise<void> {
    this.loadIfUsed();
    if (await this.mayHaveKeys()) this.#loadNow();
  }

  #loadNow(): void {
    this.get().catch((error) => console.error(error)); // there is no log yet
  }
}
