import { ensureCodeServer } from "../tools/codeServer.mjs";
import { runCommand } from "../tools/lifetime.mjs";
import { root } from "../tools/paths.mjs";

/** Installs and packages what the windows need. */
export default async function globalSetup(): Promise<void> {
  await ensureCodeServer();
  await runCommand(process.execPath, ["test/tools/packageForTests.mjs"], { cwd: root });
}
