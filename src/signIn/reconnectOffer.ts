/** Milliseconds without a change after which the person is taken to have finished typing. */
const quiet = 2000;

export interface ReconnectHost {
  /** What the settings say of a new key, as text to compare. */
  keySettings(): string;
  /** Whether this window is the one to speak, and there is a key that the settings don't reach. */
  shouldOffer(): Promise<boolean>;
  /** Takes the place of an offer that is open still, perhaps out of sight. */
  offer(): PromiseLike<void>;
}

/** Offers to reconnect when the settings of new keys have changed: once for a change, not for each keystroke. */
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

  async #settled(): Promise<void> {
    const before = this.#last;
    this.#last = this.host.keySettings();
    if (this.#last !== before && (await this.host.shouldOffer())) await this.host.offer();
  }
}
