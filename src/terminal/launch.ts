/** What the extension tells the launcher, in its only argument. */
export interface Launch {
  readonly path: string;
  readonly token: string;
  /** Printed where the start-up files of the shell have the last word. */
  readonly note: string;
  /** Printed where the environment can't be had. */
  readonly failure: string;
  /** The program to run, with its arguments. Without it, the environment is printed as commands for `sh`. */
  readonly command?: readonly [string, ...string[]];
}
