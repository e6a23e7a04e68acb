// Runs test/host inside a real VS Code, with VS Code's test CLI and .vscode-test.mjs.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evidenceFolder, keepUserData } from "../audit/evidence.mjs";
import { codeServerIsAvailable, ensureCodeServer } from "./codeServer.mjs";
import { findDesktop } from "./desktop.mjs";
import { runGroup, temporaryFolder } from "./lifetime.mjs";
import { root } from "./paths.mjs";
import { changeSettings } from "./settings.mjs";

/** @type {Promise<string> | undefined} */
let found;

/** Finds the desktop VS Code, or else prepares code-server, which a shim starts in its place. Does it only once. */
export function findVSCode() {
  found ??= findDesktop().catch(async (error) => {
    if (!codeServerIsAvailable) throw error;
    await ensureCodeServer();
    return join(root, "test/tools/codeShim.mjs");
  });
  return found;
}

/**
 * @param {string[]} args for the test CLI, such as --grep=…
 * @returns {Promise<import("../stages.mjs").Outcome>}
 */
export async function runHostTests(args) {
  const executable = await findVSCode();
  const { path, remove } = temporaryFolder("host-tests");
  try {
    const userData = join(path, "user-data");
    changeSettings(userData, {});
    const result = join(path, "result.json");
    const env = { VSCODE_EXECUTABLE: executable, HOST_TESTS_FOLDER: path, HOST_TESTS_RESULT: result };
    const cli = join(root, "node_modules/@vscode/test-cli/out/bin.mjs");
    const command = [cli, "--label=host", `--reporter=${join(root, "test/host/reporter.cjs")}`, ...args];
    const end = await runGroup(process.execPath, command, {
      cwd: root,
      env: { ...process.env, ...env },
    }).catch((error) => error);
    keepUserData(userData, evidenceFolder("host"));
    if (!existsSync(result)) throw new Error("VS Code ended before the tests did", { cause: end });
    /** @type {import("mocha").Stats} */
    const { passes, failures, pending } = JSON.parse(readFileSync(result, "utf8"));
    // Such as an error between the tests, which mocha doesn't know of.
    if (end && failures === 0) throw end;
    return { passed: passes, failed: failures, skipped: pending };
  } finally {
    remove();
  }
}
