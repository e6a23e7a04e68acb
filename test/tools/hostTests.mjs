// Runs test/host inside a real VS Code.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { evidenceFolder, keepUserData } from "../audit/evidence.mjs";
import { findDesktop } from "./desktop.mjs";
import { temporaryFolder } from "./lifetime.mjs";
import { root } from "./paths.mjs";
import { changeSettings } from "./settings.mjs";
import { reportResult } from "./testsResult.mjs";

/**
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runHostTests() {
  const temporary = temporaryFolder("host-tests");
  try {
    const userData = join(temporary.path, "user-data");
    changeSettings(userData, {});
    const resultFile = join(temporary.path, "result.json");
    const { executable, firstArguments } = await findVSCode();
    // The result file counts, not how VS Code ended.
    const end = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, "out/test/host/index.js"),
      launchArgs: [
        ...firstArguments,
        // A workspace that tries to change settings that it must not.
        join(root, "test/fixtures/hostileWorkspace/hostile.code-workspace"),
        ...["--disable-extensions", "--password-store=basic", "--log=trace"],
        ...[`--user-data-dir=${userData}`, `--extensions-dir=${join(temporary.path, "extensions")}`],
      ],
      extensionTestsEnv: { HOST_TESTS_RESULT: resultFile },
    }).catch((error) => error);
    keepUserData(userData, evidenceFolder("host"));
    if (!existsSync(resultFile)) throw new Error("VS Code ended before the tests did", { cause: end });
    return reportResult("test/host", JSON.parse(readFileSync(resultFile, "utf8")));
  } finally {
    temporary.remove();
  }
}

/** @returns {Promise<{ executable: string, firstArguments: string[] }>} */
async function findVSCode() {
  const desktop = await findDesktop();
  if ("executable" in desktop) return { executable: desktop.executable, firstArguments: [] };
  console.log(`No desktop VS Code: ${desktop.reason}. The tests run in code-server instead.`);
  return { executable: process.execPath, firstArguments: [join(root, "test/tools/codeShim.mjs")] };
}
