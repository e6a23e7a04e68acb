import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { test } from "node:test";

/** What the files of a folder may import, besides their own folder; "" is the root of `src/`. */
const allowed: Record<string, string[]> = {
  common: [],
  openrouter: ["common"],
  sessions: ["common"],
  signIn: ["sessions", "openrouter", "common"],
  credits: ["sessions", "openrouter", "common"],
  vscode: ["signIn", "credits", "sessions", "openrouter", "common"],
};
/** Features don't know each other where they are shown either; what both need is in another folder. */
const siblings = [/^vscode\/signIn\//, /^vscode\/credits\//];

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
      assert.ok(to, `${from} imports ${name}, which is gone`);
      return { from, to, isType: type !== undefined };
    },
  );
});
const room = (path: string) => (path.includes("/") ? (path.split("/")[0] ?? "") : "");

test("only src/vscode and the root of src use VS Code at run time", () => {
  for (const { from, to, isType } of imports) {
    if (to === "vscode" && !isType) assert.ok(["vscode", ""].includes(room(from)), `${from} uses VS Code`);
  }
});

test("no folder imports what it must not know", () => {
  for (const { from, to } of imports.filter((one) => files.includes(one.to))) {
    const [own, other] = [room(from), room(to)];
    const isAllowed = own === "" || own === other || allowed[own]?.includes(other) || to === "commandIds.ts";
    assert.ok(isAllowed, `${from} imports ${to}`);
    const [one, two] = [from, to].map((path) => siblings.findIndex((sibling) => sibling.test(path)));
    assert.ok(one === two || one === -1 || two === -1, `${from} imports ${to}`);
  }
});

test("no imports go round, not even those of types", () => {
  const visit = (file: string, way: string[]): void => {
    assert.ok(!way.includes(file), [...way, file].join(" → "));
    for (const { from, to } of imports) if (from === file && files.includes(to)) visit(to, [...way, file]);
  };
  for (const file of files) visit(file, []);
});
