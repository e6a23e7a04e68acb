// What VS Code runs in the web extension host: every test file of this folder, through mocha.
import "mocha/mocha.js";
import { sendResult, type TestsResult } from "./runner";

async function run(): Promise<void> {
  // This reporter reports nothing; the others need a page or a process.
  mocha.setup({ ui: "bdd", timeout: 10_000, reporter: Mocha.reporters.Base });
  await import("./allTests"); // after setup, which makes describe and it global
  const result: TestsResult = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", () => result.passed++)
      .on("pending", () => result.skipped++)
      .on("fail", (test, error) => {
        result.failed++;
        result.failures.push({ title: test.fullTitle(), message: error.stack ?? String(error) });
      });
  });
  await sendResult(result);
  if (result.failed > 0) throw new Error(`${result.failed} web tests failed`);
}

// Not `export`, since mocha, which is bundled with this file, has replaced the exports.
module.exports = { run };
