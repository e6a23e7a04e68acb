import { startEvidence } from "../audit/evidence.mjs";
import { ensureCodeServer } from "../tools/codeServer.mjs";
import { runCommand } from "../tools/lifetime.mjs";

/** Installs and packages what the windows need, so that the tests never run on an old build. */
export default async function globalSetup(): Promise<void> {
  startEvidence("e2e"); // in all workers, which inherit the environment
  await ensureCodeServer();
  await runCommand(process.execPath, ["test/tools/packageForTests.mjs"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}
