// What VS Code runs in the web extension host: every test file of this folder, through mocha.
import "mocha/mocha.js";
import { runMocha } from "./runMocha";
import { sendResult } from "./runner";

/** Every test file must be named here: the runner compares this list with the folder. */
const testFiles: Record<string, () => Promise<unknown>> = {
  "extension.test.ts": () => import("./extension.test"),
  "webSignIn.test.ts": () => import("./webSignIn.test"),
};

async function run(): Promise<void> {
  // This reporter reports nothing; the others need a page or a process.
  mocha.setup({ ui: "bdd", timeout: 10_000, reporter: Mocha.reporters.Base });
  const result = await runMocha(mocha, testFiles);
  await sendResult(result);
  if (result.failed > 0) throw new Error(`${result.failed} web tests failed`);
}

// Not `export`, since mocha, which is bundled with this file, has replaced the exports.
module.exports = { run };
