// Runs test/host inside a real VS Code, with VS Code's test CLI and .vscode-test.mjs.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evidenceFolder, keepUserData } from "../audit/evidence.mjs";
import { runCommand, temporaryFolder } from "./lifetime.mjs";
import { root } from "./paths.mjs";
import { changeSettings } from "./settings.mjs";

/** @returns {Promise<import("../stages.mjs").Outcome>} */
export async function runHostTests() {
  const { path, remove } = temporaryFolder("host-tests");
  try {
    const userData = join(path, "user-data");
    changeSettings(userData, {});
    const result = join(path, "result.json");
    const end = await runCommand(
      process.execPath,
      [join(root, "node_modules/@vscode/test-cli/out/bin.mjs")],
      {
        cwd: root,
        env: { ...process.env, HOST_TESTS_FOLDER: path, HOST_TESTS_RESULT: result },
      },
    ).catch((error) => error);
    keepUserData(userData, evidenceFolder("host"));
    if (!existsSync(result)) throw new Error("VS Code ended before the tests did", { cause: end });
    /** @type {import("mocha").Stats} */
    const { passes, failures, pending } = JSON.parse(readFileSync(result, "utf8"));
    return { passed: passes, failed: failures, skipped: pending };
  } finally {
    remove();
  }
}
