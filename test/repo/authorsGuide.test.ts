import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import {
  example,
  exampleWithAccounts,
  exampleWithModels,
  guide,
  writeExample,
} from "../tools/authorsGuide.mjs";
import { temporaryFolder } from "../tools/lifetime.mjs";

const { contributes, publisher, name, engines: ours } = JSON.parse(readFileSync("package.json", "utf8"));

const [provider] = contributes.authentication;

for (const [what, files] of Object.entries({
  "the example": example,
  "with accounts": exampleWithAccounts,
  "with models": exampleWithModels,
})) {
  test(`${what}: depends on this extension, supports the same VS Code, and registers its commands`, () => {
    const { extensionDependencies, engines, contributes: own } = JSON.parse(files["package.json"]);
    assert.deepEqual(extensionDependencies, [`${publisher}.${name}`]);
    assert.deepEqual(engines, ours);
    for (const { command } of own.commands) {
      assert.ok(files["extension.js"].includes(`registerCommand("${command}"`));
    }
  });

  test(`${what}: its types are right`, () => {
    const folder = temporaryFolder("guide");
    writeExample(files, folder.path);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [
        resolve("node_modules/typescript/bin/tsc"),
        ...["--noEmit", "--allowJs", "--checkJs", "--strict", "--noUncheckedIndexedAccess"],
        ...["--target", "es2022", "--lib", "es2023,dom", "--module", "nodenext"],
        ...["--typeRoots", resolve("node_modules/@types"), "--types", "vscode"],
        join(folder.path, "extension.js"),
      ],
      { cwd: folder.path, encoding: "utf8" },
    );
    folder.remove();
    assert.equal(`${stdout}${stderr}`, "");
    assert.equal(status, 0);
  });
}

test("everything in the guide requests the sessions of this provider, without scopes", () => {
  const calls = [...guide.matchAll(/getSession\(([^)]*)/g)].map(([, given = ""]) => given);
  assert.ok(calls.length > 5);
  for (const call of calls) assert.ok(call.startsWith(`"${provider.id}", [], {`), call);
  assert.ok(guide.includes(`with the ID \`${provider.id}\``));
});

test("the guide's example with models changes what it says, and selects those of this provider", () => {
  const [{ vendor }] = contributes.languageModelChatProviders;
  const code = exampleWithModels["extension.js"];
  assert.ok(code.includes(`selectChatModels({ vendor: "${vendor}"`));
  assert.ok(code.includes('registerCommand("myModels.ask"'));
  assert.doesNotMatch(code, /getSession|accessToken/);
});

test("the guide names all model options that go out, and no other", () => {
  const source = readFileSync("src/models/modelOptions.ts", "utf8");
  const [, parameters = ""] = /\nconst parameters[^{]*\{\n(.*?)\n\};/s.exec(source) ?? [];
  const names = [...parameters.matchAll(/^ {2}(\w+):/gm)].map(([, name = ""]) => name);
  assert.ok(names.length > 10);
  const others = ["max_completion_tokens", "max_tokens", "reasoning", "reasoning_effort", "session_id"];
  const [list = ""] = /^Of `modelOptions`.*?\./m.exec(guide.replaceAll("OpenRouter's go", "go")) ?? [];
  const named = [...list.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  assert.deepEqual(named.slice(1), [...names, ...others]);
});

test("the line that gets the URL is the same in the guide, its example, and the README", () => {
  const line = /\baccount\.id\.\w+\(.*?\)(?=[;\s])/g;
  const readme = readFileSync("README.md", "utf8");
  const lines = [...guide.matchAll(line), ...readme.matchAll(line)].map(([text]) => text);
  assert.equal(lines.length, 3);
  assert.equal(new Set(lines).size, 1, lines.join("\n"));
});
