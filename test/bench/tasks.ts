/** A task that the bench gives to the probe. */
export type Task =
  /** Reports what it cost to activate the extensions. */
  | { name: "activation" }
  /** Does something that loads the rest of our extension. */
  | { name: "services" }
  /** Waits for one callback, until other extensions are notified of its session. */
  | { name: "callback" }
  /** Waits until the user lets the probe read keys. */
  | { name: "consent" }
  /** Calls `getSession` this many times, with this many sessions stored. */
  | { name: "serve"; sessions: number; calls: number }
  /** Requests the models for the first time in a window. */
  | { name: "list" }
  | { name: "removeAll" };

export const extensionIds = {
  empty: "connect-openrouter-tests.empty",
  /** Registers what ours does, without implementing anything. */
  hollow: "connect-openrouter-tests.hollow",
  /** A copy of VS Code's built-in extension, which itself is active before anything can watch it. */
  github: "connect-openrouter-tests.github-authentication",
  ours: "connect-openrouter.connect-openrouter",
} as const;
export type ExtensionId = (typeof extensionIds)[keyof typeof extensionIds];

/** In milliseconds; the heap in bytes. */
export interface LoadSample {
  load: number;
  activate: number;
  heap: number;
}
export interface CallbackSample {
  total: number;
  network: number;
  storage: number;
}
/** Milliseconds for each call. */
export interface ServingSample {
  total: number;
  inside: number;
}
/** In milliseconds. */
export interface ListingSample {
  /** Loading our part for models. */
  load: number;
  /** From the request to the list. */
  total: number;
  /** How many models the list has. */
  count: number;
}
