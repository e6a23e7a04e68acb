import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const readme = readFileSync("README.md", "utf8");

test("the example for extension authors is the one that is compiled, and short", () => {
  const [, example = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  assert.equal(example, readFileSync("test/consumer/readKey.ts", "utf8"));
  assert.ok(example.split("\n").length < 20);
});

test("every command and setting of the manifest is in the README", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const titles = JSON.parse(readFileSync("package.nls.json", "utf8"));
  for (const { title, category } of contributes.commands) {
    const text = (category ? "OpenRouter: " : "") + titles[title.slice(1, -1)];
    assert.ok(readme.includes(`| ${text} |`), text);
  }
  const configuration = [contributes.configuration].flat();
  for (const name of configuration.flatMap(({ properties }) => Object.keys(properties))) {
    assert.ok(readme.includes(`\`${name}\``), name);
  }
});

test("the file map names every file of src, and none that is gone", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts") && !path.startsWith("openrouter/"));
  const [, map = ""] = /```\nsrc\/\n(.*?)\ntest\/\n/s.exec(readme) ?? [];
  const named = new Set(map.match(/\w+\.ts/g));
  for (const path of files) {
    const name = path.split("/").at(-1) ?? "";
    const small = ["emitter.ts", "openAddress.ts", "loopbackPage.ts", "errors.ts"].includes(name);
    assert.ok(named.has(name) || small, `${path} is not in the README's file map`);
  }
  for (const name of named)
    assert.ok(
      files.some((path) => path.endsWith(name)),
      `${name} is gone`,
    );
});

test("tests that the README names exist", () => {
  for (const [, name] of readme.matchAll(/`(\w+\.test\.ts)`/g)) {
    const found = ["unit", "host", "web", "e2e"].some((folder) => existsSync(`test/${folder}/${name}`));
    assert.ok(found, `${name} is gone`);
  }
});
