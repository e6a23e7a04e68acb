import type { Models } from "./models";

/** Loads the models on first use: who doesn't use them doesn't pay for them. */
export class LazyModels {
  #loaded: Models | undefined;

  constructor(private readonly load: () => Models) {}

  /** Those that were loaded. */
  get loaded(): Models | undefined {
    return this.#loaded;
  }

  /** A load that fails is tried again by the next call. */
  get(): Models {
    this.#loaded ??= this.load();
    return this.#loaded;
  }

  dispose(): void {
    this.#loaded?.dispose();
  }
}
