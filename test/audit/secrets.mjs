import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A value that must be in the secret store only, and who noted it.
 * @typedef {object} Secret
 * @property {"key" | "code" | "verifier" | "state"} kind
 * @property {string} value
 * @property {"fake OpenRouter" | "secret store"} from
 */

/**
 * Notes a secret for the audit, if the tests run with one: EVIDENCE is the folder of their evidence.
 * @param {Secret["from"]} from
 * @param {Secret["kind"]} kind
 * @param {string | null | undefined} value
 */
export function noteSecret(from, kind, value) {
  const { EVIDENCE } = process.env;
  if (EVIDENCE && value) appendFileSync(secretsFile(EVIDENCE), `${JSON.stringify({ kind, value, from })}\n`);
}

/**
 * @param {string} evidence the folder
 * @returns {Secret[]} without duplicates, in the order of their first notes
 */
export function readSecrets(evidence) {
  const file = secretsFile(evidence);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  return [...new Set(lines)].map((line) => JSON.parse(line));
}

/** @param {string} evidence */
export const secretsFile = (evidence) => join(evidence, "secrets.jsonl");
