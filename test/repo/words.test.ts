import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

/** Words that readers stumble over, in place of those that VS Code and OAuth use. */
const dialect =
  /\b(the person|came back|of no use|in all|approved?|starts? afresh|was told|cancelled|leads? back|stand-in)\b/i;

const files = ["l10n/bundle.l10n.json", "package.nls.json"];
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/for-extension-authors.md",
  "docs/tools.md",
];

for (const file of [...files, ...documents]) {
  test(`${file} uses everybody's words`, () => {
    for (const line of readFileSync(file, "utf8").split("\n")) assert.doesNotMatch(line, dialect);
  });
}
