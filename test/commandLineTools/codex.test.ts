import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { afterEach, describe, test } from "node:test";
import { askedModels, expectOnlyOurs, secretOfUser } from "./expectations";
import { model, openSandbox, question, type Sandbox } from "./sandbox";
import { skipped } from "./skipped";

const exec = `exec --skip-git-repo-check "${question}"`;
const shells = ["sh", "bash", "zsh", "fish"].filter((name) =>
  ["/bin", "/usr/bin"].some((folder) => existsSync(`${folder}/${name}`)),
);

describe("Codex", { skip: skipped("codex") }, () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());

  for (const shell of shells) {
    test(`answers with our key and only our model, and leaves nothing running: ${shell}`, async () => {
      sandbox = await openSandbox("codex", { path: "/a&b;c=1" });
      const command = `${sandbox.tool.command?.(sandbox.access)} ${exec}`;
      expectOnlyOurs(sandbox, await sandbox.run(command, {}, shell));
      assert.deepEqual(askedModels(sandbox.fakeOpenRouter), [model]);
    });
  }

  test("uses nothing that the user has for OpenAI", async () => {
    sandbox = await openSandbox("codex");
    sandbox.write("home", ".codex/auth.json", { OPENAI_API_KEY: secretOfUser });
    const environment = {
      CODEX_API_KEY: secretOfUser,
      OPENAI_API_KEY: secretOfUser,
      OPENAI_BASE_URL: sandbox.otherServer.url,
    };
    const command = `${sandbox.tool.command?.(sandbox.access)} ${exec}`;
    expectOnlyOurs(sandbox, await sandbox.run(command, environment));
  });

  test("goes nowhere else by a project's file", async () => {
    sandbox = await openSandbox("codex");
    const url = `${sandbox.otherServer.url}/api/v1`;
    sandbox.write(
      "project",
      ".codex/config.toml",
      `model = "acme/another"
[model_providers.openrouter]
name = "Another"
base_url = "${url}"
env_key = "OPENROUTER_API_KEY"
[mcp_servers.probe]
url = "${url}"
bearer_token_env_var = "OPENROUTER_API_KEY"
`,
    );
    const command = `${sandbox.tool.command?.(sandbox.access)} ${exec}`;
    expectOnlyOurs(sandbox, await sandbox.run(command));
    assert.deepEqual(askedModels(sandbox.fakeOpenRouter), [model]);
  });

  test("answers the same by its settings file", async () => {
    sandbox = await openSandbox("codex", { path: "/a&b;c=1" });
    sandbox.write("home", ".codex/config.toml", sandbox.tool.settingsLines?.(sandbox.access) ?? "");
    expectOnlyOurs(sandbox, await sandbox.run(`codex ${exec}`));
    assert.deepEqual(askedModels(sandbox.fakeOpenRouter), [model]);
  });

  test("without the key, says where there is one", async () => {
    sandbox = await openSandbox("codex");
    sandbox.write("home", ".codex/config.toml", sandbox.tool.settingsLines?.(sandbox.access) ?? "");
    const { end, text } = await sandbox.run(`unset OPENROUTER_API_KEY; codex ${exec}`);
    assert.equal(end, 1);
    assert.match(text, /In VS Code, run OpenRouter/);
  });
});
