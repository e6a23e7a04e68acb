// What VS Code runs in the extension host: every test file of this folder, through mocha.
import { writeFileSync } from "node:fs";
import { runMocha } from "../runMocha";

/** Every test file must be named here: the runner compares this list with the folder. */
const testFiles: Record<string, () => Promise<unknown>> = {
  "smoke.test.ts": () => import("./smoke.test"),
  "callbackHandling.test.ts": () => import("./callbackHandling.test"),
  "keyCommands.test.ts": () => import("./keyCommands.test"),
  "lazyParts.test.ts": () => import("./lazyParts.test"),
  "manifest.test.ts": () => import("./manifest.test"),
  "openRouterPages.test.ts": () => import("./openRouterPages.test"),
  "provider.test.ts": () => import("./provider.test"),
  "storeWatcher.test.ts": () => import("./storeWatcher.test"),
  "settings.test.ts": () => import("./settings.test"),
  "showError.test.ts": () => import("./showError.test"),
  "userError.test.ts": () => import("./userError.test"),
};

export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", timeout: 10_000, forbidOnly: Boolean(process.env.CI) });
  // This makes describe and it global, before the test files look for them.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  const result = await runMocha(mocha, testFiles);
  // The runner reads this, since VS Code's exit code alone doesn't tell how many tests ran.
  if (process.env.HOST_TESTS_RESULT) writeFileSync(process.env.HOST_TESTS_RESULT, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} host tests failed`);
}
