import { env, UIKind } from "vscode";

/** Whether VS Code has terminals here: a browser without a remote has no machine to run them. */
export const hasTerminals = () => env.uiKind === UIKind.Desktop || env.remoteName !== undefined;
