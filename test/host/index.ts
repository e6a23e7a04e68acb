// What VS Code runs in the extension host: every test file of this folder, through mocha.
import { writeFileSync } from "node:fs";
import { runMocha } from "../tools/runMocha";

/** Every test file must be named here: the runner compares this list with the folder. */
const testFiles: Record<string, () => Promise<unknown>> = {
  "extension.test.ts": () => import("./extension.test"),
  "signIn/signInProgress.test.ts": () => import("./signIn/signInProgress.test"),
  "signIn/signInUi.test.ts": () => import("./signIn/signInUi.test"),
  "keys/keyCommands.test.ts": () => import("./keys/keyCommands.test"),
  "lazyServices.test.ts": () => import("./lazyServices.test"),
  "manifest.test.ts": () => import("./manifest.test"),
  "keys/keyPages.test.ts": () => import("./keys/keyPages.test"),
  "authenticationProvider.test.ts": () => import("./authenticationProvider.test"),
  "keys/storeNotifications.test.ts": () => import("./keys/storeNotifications.test"),
  "settings.test.ts": () => import("./settings.test"),
  "showError.test.ts": () => import("./showError.test"),
  "errorMessages.test.ts": () => import("./errorMessages.test"),
};

export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", timeout: 10_000, forbidOnly: Boolean(process.env.CI) });
  // Makes describe and it global, before the test files use them.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  const result = await runMocha(mocha, testFiles);
  // For the runner, since VS Code's exit code doesn't say how many tests ran.
  if (process.env.HOST_TESTS_RESULT) writeFileSync(process.env.HOST_TESTS_RESULT, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} host tests failed`);
}
