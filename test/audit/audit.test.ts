// Searches everything that VS Code showed, logged (at level Trace) and wrote in a test run for the secrets that the
// run used. `npm test -- audit` searches the evidence of the last run again, which is in out/evidence.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { evidenceOf } from "./evidence.mjs";
import { type Expected, expected } from "./expected";
import { SecretSearch } from "./search";
import { readSecrets, type Secret, secretsFile } from "./secrets.mjs";

/**
 * The only place where a secret may be. VS Code in a browser passes a callback on through localStorage, where its
 * callback page stores it and the window removes it. If the window is gone by then, what stays is a code that works
 * once, for ten minutes, and only with the verifier.
 */
const mayBeIn = (file: string, { kind }: Secret) =>
  /[\\/]handover\.log$/.test(file) && (kind === "code" || kind === "state");

/**
 * VS Code's own question before it opens a page shows the page's URL, and so the state in the callback URL, to whoever
 * is about to open it.
 */
const urlInQuestion =
  /^(?:.*Do you want .* to open the external website\?)?https?:\S+\/auth\?callback_url=\S+$/gm;
const searched = (file: string, text: string) =>
  /shown\.log$/.test(file) ? text.replace(urlInQuestion, "") : text;

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
      const what = searched(file, text);
      for (const { secret, at } of search.find(what)) {
        const before = what.slice(Math.max(0, at - 100), at).replace(/^.*\n/s, "");
        if (!mayBeIn(file, secret)) leaks.push(`a ${secret.kind} in ${file} after ${before}`);
      }
    }
    assert.deepEqual(leaks, []);
    assertComplete(secrets, [...files], parts);
    const megabytes = (bytes / 1e6).toFixed();
    t.diagnostic(`${stage}: ${secrets.length} secrets in none of ${files.size} files, ${megabytes} MB`);
  });
}

/** The path below the folder, and the text, of every file to search. */
function evidence(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== secretsFile(folder));
  // As bytes, and without the zeros of UTF-16.
  const read = (path: string) => readFileSync(path, "latin1").replaceAll("\0", "");
  return new Map(files.map((path) => [relative(folder, path), read(path)]));
}

/** The audit must not pass because evidence is missing. */
function assertComplete(secrets: Secret[], files: [string, string][], parts: Expected): void {
  for (const [kind, minimum] of Object.entries(parts.secrets)) {
    const noted = new Set(secrets.filter((secret) => secret.kind === kind).map(({ value }) => value)).size;
    assert.ok(noted >= minimum, `only ${noted} secrets of the kind ${kind} were noted: run the whole stage`);
  }
  for (const source of parts.sources)
    assert.ok(
      secrets.some(({ from }) => from === source),
      source,
    );
  const among = (candidates: typeof files, [name, content]: Expected["everywhere"][number]) =>
    candidates.some(([file, text]) => name.test(file) && content.test(text));
  for (const part of parts.somewhere) assert.ok(among(files, part), `no folder has ${part.join(" with ")}`);
  const folderOf = (file: string) => file.split(/[\\/]/)[0];
  for (const folder of new Set(files.map(([file]) => folderOf(file)))) {
    const within = files.filter(([file]) => folderOf(file) === folder);
    for (const part of parts.everywhere)
      assert.ok(among(within, part), `${folder} has no ${part.join(" with ")}`);
  }
}
