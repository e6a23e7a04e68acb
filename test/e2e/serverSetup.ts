import { startEvidence } from "../audit/evidence.mjs";
import { ensureCodeServer } from "../tools/codeServer.mjs";

/** Installs what all workers start, and prepares for what they leave to the audit. */
export default async function serverSetup(): Promise<void> {
  startEvidence("e2e"); // in all workers, which inherit the environment
  await ensureCodeServer();
}
