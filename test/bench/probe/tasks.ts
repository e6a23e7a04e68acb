/** What the bench asks the probe to do. */
export type Task =
  /** Tells what it cost to activate the extensions. */
  | { name: "activation" }
  /** Does what needs the rest of our extension. */
  | { name: "parts" }
  /** Waits for one callback, until other extensions are told of its session. */
  | { name: "callback" }
  /** Writes a secret and reads it again. */
  | { name: "secrets" }
  | { name: "consent" }
  /** Calls `getSession` this often, with this many sessions stored. */
  | { name: "serve"; sessions: number; calls: number }
  | { name: "removeAll" };

export const extensionIds = {
  empty: "connect-openrouter-tests.empty",
  /** Registers what ours does, with nothing behind it. */
  hollow: "connect-openrouter-tests.hollow",
  /** A twin of the one that comes with VS Code, which is active before anything can watch it. */
  github: "connect-openrouter-tests.github-authentication",
  ours: "connect-openrouter.connect-openrouter",
} as const;
export type ExtensionId = (typeof extensionIds)[keyof typeof extensionIds];

/** Milliseconds, but for the heap, in bytes. */
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
export interface SecretsSample {
  write: number;
  read: number;
}
/** For each call. */
export interface ServingSample {
  total: number;
  inside: number;
}
