import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { test } from "node:test";

/** The folders that each folder of `src/` may import, besides itself. The root of `src/` may import all. */
const allowed: Record<string, string[]> = {
  common: [],
  openrouter: ["common"],
  sessions: ["common"],
  signIn: ["sessions", "openrouter", "common"],
  credits: ["sessions", "openrouter", "common"],
  terminal: ["openrouter", "common"],
  clipboard: ["openrouter", "common"],
  tools: ["openrouter", "common"],
  models: ["sessions", "openrouter", "common"],
  spending: ["sessions", "common"],
  vscode: [
    "signIn",
    "credits",
    "models",
    "spending",
    "terminal",
    "clipboard",
    "tools",
    "sessions",
    "openrouter",
    "common",
  ],
};
/** The user interfaces of the features must not import each other either. Shared code is elsewhere. */
const siblings = [
  /^vscode\/signIn\//,
  /^vscode\/credits\//,
  /^vscode\/models\//,
  /^vscode\/spending\//,
  /^vscode\/tools\//,
];

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"));
const imports = files.flatMap((from) => {
  const text = readFileSync(`src/${from}`, "utf8");
  return [...text.matchAll(/\b(import|export)\s(type\s)?[^;"]*?"([^"]+)"|\bimport\("([^"]+)"\)/g)].map(
    ([, , type, fixed, dynamic]) => {
      const name = fixed ?? dynamic ?? "";
      const path = join(from, "..", name);
      const to = name.startsWith(".")
        ? [`${path}.ts`, `${path}.d.ts`].find((f) => existsSync(`src/${f}`))
        : name;
      assert.ok(to, `${from} imports ${name}, which doesn't exist`);
      return { from, to, isType: type !== undefined };
    },
  );
});
const topFolder = (path: string) => (path.includes("/") ? (path.split("/")[0] ?? "") : "");

test("only src/vscode and the root of src use VS Code at run time", () => {
  for (const { from, to, isType } of imports) {
    if (to === "vscode" && !isType)
      assert.ok(["vscode", ""].includes(topFolder(from)), `${from} uses VS Code`);
  }
});

test("no folder imports a folder that it must not", () => {
  for (const { from, to } of imports.filter((statement) => files.includes(statement.to))) {
    const [folder, imported] = [topFolder(from), topFolder(to)];
    const isAllowed =
      folder === "" || folder === imported || allowed[folder]?.includes(imported) || to === "commandIds.ts";
    assert.ok(isAllowed, `${from} imports ${to}`);
    const [a, b] = [from, to].map((path) => siblings.findIndex((sibling) => sibling.test(path)));
    assert.ok(a === b || a === -1 || b === -1, `${from} imports ${to}`);
  }
});

test("there are no import cycles, not even of types", () => {
  const visit = (file: string, importers: string[]): void => {
    assert.ok(!importers.includes(file), [...importers, file].join(" → "));
    for (const { from, to } of imports)
      if (from === file && files.includes(to)) visit(to, [...importers, file]);
  };
  for (const file of files) visit(file, []);
});
