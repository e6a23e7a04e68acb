import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { anyTool, commandLineTools } from "../../src/tools/commandLineTools";
import { toolExtensions } from "../../src/tools/toolExtensions";

const page = readFileSync("docs/tools.md", "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("| "));
/** The row that begins with this name. */
const rowOf = (name: string) => rows.find((row) => row.startsWith(`| ${name}`)) ?? assert.fail(name);

const { lastRun, tools }: { lastRun: string; tools: Record<string, { version: string }> } = JSON.parse(
  readFileSync("test/commandLineTools/versions.json", "utf8"),
);

test("the page has a row for each tool, with its variables and how to end what goes on", () => {
  const access = { key: "key", baseUrl: "https://openrouter.ai", model: "vendor/model" };
  for (const tool of commandLineTools) {
    const [, variables = ""] = rowOf(tool === anyTool ? "Any other" : tool.name).split(" | ");
    const environment = Object.entries(tool.environment(access));
    for (const [name, value] of environment.filter(([, text]) => text !== ""))
      assert.ok(variables.includes(value === "key" ? `\`${name}\` (the key)` : `\`${name}\``), name);
    if (tool.endBackground) assert.ok(rowOf(tool.name).includes(`\`${tool.endBackground}\``), tool.name);
  }
});

test("the page says with which version each tool was tried, and when, or that it wasn't", () => {
  assert.ok(page.includes(`${lastRun}, on Linux`));
  for (const { id, name } of commandLineTools.filter((tool) => tool !== anyTool)) {
    const last = rowOf(name).split(" | ").at(-1) ?? "";
    const { version } = tools[id] ?? {};
    assert.match(last, version ? new RegExp(`^${version.replaceAll(".", "\\.")} \\|$`) : /^Not run:/, name);
  }
});

test("the page has a row for each extension that signs in by itself", () => {
  for (const { id, name } of toolExtensions) assert.ok(rowOf(name).includes(`\`${id}\``));
});
