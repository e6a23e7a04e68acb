// Searches what the real VS Codes of a run showed, logged and wrote, at trace level, for the very secrets that
// were used. `npm test -- audit` does that again with the last evidence, which is in out/evidence.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { evidenceOf } from "./evidence.mjs";
import { type Expected, expected } from "./expected";
import { SecretSearch } from "./search";
import { readSecrets, type Secret, secretsFile } from "./secrets.mjs";

/**
 * The one place where a secret may be, and which. VS Code in a browser gets a callback through localStorage,
 * where its own page leaves it and the window takes it out. A window that is gone by then takes nothing out;
 * what is left is a code that works once, for ten minutes, and with the verifier alone.
 */
const mayBeIn = (file: string, { kind }: Secret) =>
  /[\\/]handover\.log$/.test(file) && (kind === "code" || kind === "state");

for (const [stage, parts] of Object.entries(expected)) {
  const folder = evidenceOf(stage);
  const skip = !existsSync(folder) && `there is no evidence: run \`npm test -- ${stage}\` first`;

  test(`${stage}: no key, code, verifier or state is where it doesn't belong`, { skip }, (t) => {
    const secrets = readSecrets(folder);
    const search = new SecretSearch(secrets);
    const leaks: string[] = [];
    let bytes = 0;
    const files = evidence(folder);
    for (const [file, text] of files) {
      bytes += text.length;
      for (const { secret, at } of search.find(text)) {
        const before = text.slice(Math.max(0, at - 100), at).replace(/^.*\n/s, "");
        if (!mayBeIn(file, secret)) leaks.push(`a ${secret.kind} in ${file} after ${before}`);
      }
    }
    assert.deepEqual(leaks, []);
    assertComplete(secrets, [...files], parts);
    const megabytes = (bytes / 1e6).toFixed();
    t.diagnostic(`${stage}: ${secrets.length} secrets in none of ${files.size} files, ${megabytes} MB`);
  });
}

/** Path below the folder, and text, of all that is searched. */
function evidence(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== secretsFile(folder));
  // Byte by byte, and without the zeros of UTF-16.
  const read = (path: string) => readFileSync(path, "latin1").replaceAll("\0", "");
  return new Map(files.map((path) => [relative(folder, path), read(path)]));
}

/** Nothing must pass because nothing was kept. */
function assertComplete(secrets: Secret[], files: [string, string][], parts: Expected): void {
  for (const [kind, least] of Object.entries(parts.secrets)) {
    const noted = new Set(secrets.filter((secret) => secret.kind === kind).map(({ value }) => value)).size;
    assert.ok(noted >= least, `${noted} of the kind ${kind} were noted: run the whole stage`);
  }
  for (const source of parts.sources)
    assert.ok(
      secrets.some(({ from }) => from === source),
      source,
    );
  const among = (candidates: typeof files, [name, content]: Expected["everywhere"][number]) =>
    candidates.some(([file, text]) => name.test(file) && content.test(text));
  for (const part of parts.somewhere) assert.ok(among(files, part), `nowhere ${part.join(" with ")}`);
  const folderOf = (file: string) => file.split(/[\\/]/)[0];
  for (const one of new Set(files.map(([file]) => folderOf(file)))) {
    const its = files.filter(([file]) => folderOf(file) === one);
    for (const part of parts.everywhere) assert.ok(among(its, part), `${one} has no ${part.join(" with ")}`);
  }
}
