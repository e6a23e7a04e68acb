import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { Script } from "node:vm";

const readme = readFileSync("README.md", "utf8");

test("the example for extension authors is the one that is compiled, and short", () => {
  const [, example = ""] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  assert.equal(example, readFileSync("test/consumer/readKey.ts", "utf8"));
  assert.ok(example.split("\n").length < 20);
});

const {
  contributes,
  scripts,
  publisher,
  name,
  engines: ours,
} = JSON.parse(readFileSync("package.json", "utf8"));

test("the whole extension for authors depends on ours, runs in what ours runs in, and is JavaScript", () => {
  const guide = readFileSync("docs/for-extension-authors.md", "utf8");
  const [, manifest = "", code = ""] = /```json\n(\{.*?)```.*?```js\n(.*?)```/s.exec(guide) ?? [];
  const { extensionDependencies, engines, contributes: own } = JSON.parse(manifest);
  assert.deepEqual(extensionDependencies, [`${publisher}.${name}`]);
  assert.deepEqual(engines, ours);
  new Script(code);
  for (const { command } of own.commands) assert.ok(code.includes(`registerCommand("${command}"`));
  assert.ok(code.includes(`getSession("${contributes.authentication[0].id}", []`));
});

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
    assert.ok(readme.includes(`| \`${name}\` | \`${value}\` |`), `${name} with its default ${value}`);
  }
});

test("the file map names every file of src, and none that is gone", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.startsWith("common/"));
  const [, map = ""] = /```\nsrc\/\n(.*?)\ntest\/\n/s.exec(readFileSync("CONTRIBUTING.md", "utf8")) ?? [];
  // The folder that a file is in is the last one above it that is indented less.
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
];

test("links lead to files and headings that exist", () => {
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

test("pictures: each in light and dark, sharp enough for the page, linked to, and with a text in its place", () => {
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
  for (const [, alt = "", path] of shown) assert.ok(alt.length > 30, `${path} says what it shows`);
  // The marketplace shows HTML such as <picture> as text, or its fallback in the wrong theme.
  assert.doesNotMatch(readme, /<(?:picture|source|img|svg)\b/);
});

test("messages that the README explains are those of the code, and so are addresses that it names", () => {
  const code = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join("src", path), "utf8"))
    .join("\n");
  const [, troubles = ""] = /## When something is wrong\n(.*?)\n## /s.exec(readme) ?? [];
  const quoted = [...troubles.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text);
  const messages = quoted.filter((text) => text.includes(" "));
  assert.ok(messages.length > 5);
  for (const message of messages) assert.ok(code.includes(message), `no message says “${message}”`);

  const [, privacy = ""] = /## Privacy\n(.*?)\n## /s.exec(readme) ?? [];
  const paths = new Set([...code.matchAll(/"(\/api\/[^"]+)"/g)].map(([, path = ""]) => path));
  assert.ok(paths.size > 0);
  for (const path of paths) assert.ok(privacy.includes(`\`${path}\``), `${path} is asked, and not told`);
  const hosts = new Set([...code.matchAll(/"https?:\/\/([^"/$]+)/g)].map(([, host]) => host));
  assert.deepEqual([...hosts], ["openrouter.ai"]);
});

test("scripts that the README names exist", () => {
  for (const [, name = ""] of readme.matchAll(/\bnpm (?:run )?(\w+)/g)) assert.ok(scripts[name], name);
});

test("tests that the README names exist", () => {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).map((path) => basename(path));
  for (const [, name = ""] of readme.matchAll(/`(\w+\.test\.ts)`/g)) {
    assert.ok(files.includes(name), `${name} is gone`);
  }
});
