/** Loads a bundle on first use: who doesn't use what is in it doesn't pay for it. */
export class LazyBundle<T extends { dispose(): void }> {
  #loaded: T | undefined;

  constructor(private readonly load: () => T) {}

  /** What was loaded. */
  get loaded(): T | undefined {
    return this.#loaded;
  }

  /** A load that fails is tried again by the next call. */
  get(): T {
    this.#loaded ??= this.load();
    return this.#loaded;
  }

  dispose(): void {
    this.#loaded?.dispose();
  }
}
