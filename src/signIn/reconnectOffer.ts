/** Milliseconds without a change after which the user has probably finished typing. */
const quiet = 2000;

/** What the offer needs from the editor. */
export interface ReconnectHost {
  /** The settings for new keys, as text to compare. */
  keySettings(): string;
  /** Whether the user is in this window, and has a key that the settings don't apply to. May reject. */
  shouldOffer(): Promise<boolean>;
  /** Shows the offer, in place of one that is still open. */
  offer(): PromiseLike<void>;
}

/** Offers to reconnect when the settings for new keys change: once per change, not per keystroke. */
export class ReconnectOffer {
  #last: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReconnectHost) {
    this.#last = host.keySettings();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  settingsChanged(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#settled(), quiet);
  }

  /** The settings apply to a key that is about to be requested: no reason to offer that. */
  settingsApplied(): void {
    clearTimeout(this.#timer);
    this.#last = this.host.keySettings();
  }

  async #settled(): Promise<void> {
    const before = this.#last;
    this.#last = this.host.keySettings();
    if (this.#last === before) return;
    // Unreadable keys are reported by whatever needs them.
    if (await this.host.shouldOffer().catch(() => false)) await this.host.offer();
  }
}
