import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const readme = readFileSync("README.md", "utf8");
const contributing = readFileSync("CONTRIBUTING.md", "utf8");

test("the README is short enough for a Marketplace page", () => {
  assert.ok(readme.split("\n").length - 1 <= 170);
});

test("the example for extension authors is the one that is compiled, and short", () => {
  const [, example = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  assert.equal(example, readFileSync("test/consumer/readKey.ts", "utf8"));
  assert.ok(example.split("\n").length < 20);
});

const { contributes, scripts } = JSON.parse(readFileSync("package.json", "utf8"));

test("every command and setting of the manifest is in the README, settings with their defaults", () => {
  const titles = JSON.parse(readFileSync("package.nls.json", "utf8"));
  for (const { title, category } of contributes.commands) {
    const text = (category ? "OpenRouter: " : "") + titles[title.slice(1, -1)];
    assert.ok(readme.includes(`| ${text} |`), text);
  }
  const configuration = [contributes.configuration].flat();
  const settings = configuration.flatMap(({ properties }) =>
    Object.entries<{ default: unknown }>(properties),
  );
  for (const [name, { default: value }] of settings) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    assert.ok(readme.includes(`| \`${name}\` | \`${text}\` |`), `${name} with its default ${text}`);
  }
});

test("the file map names every file of src, and no file that is gone", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.startsWith("common/"));
  const [, map = ""] = /```\nsrc\/\n(.*?)\ntest\/\n/s.exec(contributing) ?? [];
  // A file's folder is the last one above it with less indentation.
  const named: string[] = [];
  const folders: string[] = [];
  for (const [, indent = "", name = ""] of map.matchAll(/^( +)([\w.]+\/?)/gm)) {
    folders.splice(indent.length / 2 - 1);
    if (name.endsWith("/")) folders.push(name);
    else named.push(folders.join("") + name);
  }
  assert.deepEqual(named.sort(), files.sort());
});

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "docs/for-extension-authors.md",
  "docs/tools.md",
];

test("links point to files and headings that exist", () => {
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-");
  const anchors = (text: string) =>
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => slug(heading));
  for (const page of pages) {
    const text = readFileSync(page, "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https:/.test(target)) continue;
      const [file = "", anchor] = target.split("#");
      const path = file ? join(dirname(page), file) : page;
      assert.ok(existsSync(path), `${page} links to ${target}`);
      if (anchor)
        assert.ok(anchors(readFileSync(path, "utf8")).includes(anchor), `${page} links to ${target}`);
    }
  }
});

test("pictures: each in light and dark, sharp enough for the page, linked, and with an alternative text", () => {
  const pictures = readdirSync("media/readme");
  assert.ok(pictures.length > 0);
  for (const name of pictures) {
    assert.ok(readme.includes(`(media/readme/${name})`), `${name} is not in the README`);
    const other = name.replace(/(light|dark)/, (theme) => (theme === "light" ? "dark" : "light"));
    assert.ok(name !== other && pictures.includes(other), `${name} has no ${other}`);
    assert.equal(readFileSync(`media/readme/${name}`).readUInt32BE(16), 2 * 840, `the width of ${name}`);
  }
  const shown = [...readme.matchAll(/!\[([^\]]*)\]\(([^)]*)\)/g)];
  assert.equal(shown.length, pictures.length / 2);
  for (const [, alt = "", path] of shown) assert.ok(alt.length > 30, `${path} has an alternative text`);
  // The marketplace shows HTML such as <picture> as text, or its fallback in the wrong theme.
  assert.doesNotMatch(readme, /<(?:picture|source|img|svg)\b/);
});

test("messages, paths, and hosts in the README are those in the code", () => {
  const code = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join("src", path), "utf8"))
    .join("\n");
  const [, troubles = ""] = /## When something is wrong\n(.*?)\n## /s.exec(readme) ?? [];
  const quoted = [...troubles.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text);
  const messages = quoted.filter((text) => text.includes(" "));
  assert.ok(messages.length > 5);
  for (const message of messages) assert.ok(code.includes(message), `no message contains “${message}”`);

  const [, privacy = ""] = /## Privacy\n(.*?)\n## /s.exec(readme) ?? [];
  const paths = new Set([...code.matchAll(/"(\/api\/[^"]+)"/g)].map(([, path = ""]) => path));
  assert.ok(paths.size > 0);
  for (const path of paths)
    assert.ok(privacy.includes(`\`${path}\``), `${path} is requested, but not in the README`);
  const hosts = new Set([...code.matchAll(/"https?:\/\/([^"/$]+)/g)].map(([, host]) => host));
  // None of them is ever contacted: one is the name of SVG in XML, and the other is in a header, as what the extension
  // is known by at OpenRouter.
  const known = ["marketplace.visualstudio.com", "www.w3.org"];
  assert.deepEqual([...hosts].sort(), known, "the only host is the default of the setting");
});

/** What npm runs without `run`. */
const npmCommands = ["ci", "version", "start", "test"];

for (const [page, text] of Object.entries({ "README.md": readme, "CONTRIBUTING.md": contributing })) {
  test(`${page}: the npm scripts that it names exist`, () => {
    const commands = [...text.matchAll(/`(?:[A-Z]+=\S+ )?npm (run )?([\w:]+)/g)];
    assert.ok(commands.length > 0);
    for (const [, run, name = ""] of commands) {
      assert.ok(run ? scripts[name] : npmCommands.includes(name), name);
    }
  });
}

test("the tests that README.md and CONTRIBUTING.md name exist, each once", () => {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" })
    .map((path) => `/test/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".test.ts"));
  const named = [...`${readme}\n${contributing}`.matchAll(/`([\w/]+\.test\.ts)`/g)];
  assert.ok(named.length > 10);
  for (const [, name = ""] of named) {
    const found = files.filter((path) => path.endsWith(`/${name}`));
    assert.equal(found.length, 1, `${name} is ${found.join(", ") || "gone"}`);
  }
});

test("every environment in CONTRIBUTING.md has its proof", () => {
  const [, environments = ""] = /## Environments and their proofs\n(.*?)\n## /s.exec(contributing) ?? [];
  const rows = environments
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);
  assert.ok(rows.length > 8);
  for (const row of rows) assert.match(row, /`\w+\.test\.ts`/, row);
});
