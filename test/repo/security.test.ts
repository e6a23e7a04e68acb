import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const security = readFileSync("SECURITY.md", "utf8");
const testFiles = readdirSync("test", { recursive: true, encoding: "utf8" }).map((file) =>
  file.replaceAll("\\", "/"),
);

/** The rows of the table below this heading, without the table's header. */
const rowsBelow = (heading: string) =>
  (security.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);

for (const heading of ["Threat model", "RFC 8252, native apps", "RFC 9700, best current practice"]) {
  test(`each row of "${heading}" names the tests that verify it`, () => {
    const rows = rowsBelow(heading);
    assert.ok(rows.length > 8);
    for (const row of rows) assert.match(row, /`[\w/]+\.test\.ts`/, row);
  });
}

test("each test that SECURITY.md names exists exactly once", () => {
  const named = [...security.matchAll(/`([\w./]+\.test\.ts)`/g)].map(([, name = ""]) => name);
  assert.ok(named.length > 20);
  for (const name of named) {
    const found = testFiles.filter((file) => `/${file}`.endsWith(`/${name}`));
    assert.equal(found.length, 1, `${name} is ${found.join(", ") || "missing"}`);
  }
});

test("the extension embeds no page of OpenRouter", () => {
  assert.doesNotMatch(readFileSync("dist/services.js", "utf8"), /webview|registerCustomEditor|iframe/i);
});

test("every named attack has a test", () => {
  const attacks = readFileSync("test/unit/signIn/attacks.test.ts", "utf8");
  for (const name of [
    "login CSRF",
    "code injection",
    "mix-up",
    "replay",
    "two callbacks at the same moment",
  ]) {
    assert.ok(attacks.includes(`test("${name}`), name);
  }
});
