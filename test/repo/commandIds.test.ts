import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { commandIds } from "../../src/commandIds";

/** Only used by a link or button, so the Command Palette doesn't list them. */
const unlisted: string[] = [commandIds.tryAnotherFlow, commandIds.discardHiddenKeys, commandIds.openKeyPage];

test("commandIds matches the commands of the manifest", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const listed = contributes.commands.map(({ command }: { command: string }) => command);
  const ours = Object.values(commandIds).filter((id) => !unlisted.includes(id));
  assert.deepEqual([...ours].sort(), listed.sort());
});

test("the code refers to commands only through commandIds", () => {
  for (const file of readdirSync("src", { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const strings = readFileSync(`src/${file}`, "utf8").match(/connectOpenRouter\.\w+/g) ?? [];
    const ids = strings.filter((text) => Object.values<string>(commandIds).includes(text));
    assert.deepEqual(ids, [], file);
  }
});
