import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { afterEach, describe, test } from "node:test";
import { askedModels, askInWindow, expectOnlyOurs, expectToEnd, secretOfUser } from "./expectations";
import { hasTerminal } from "./runInTerminal";
import { openSandbox, type Sandbox } from "./sandbox";
import { model, question } from "./servers";

const exec = `exec --skip-git-repo-check "${question}"`;
const shells = ["sh", "bash", "zsh", "fish"].filter((name) =>
  ["/bin", "/usr/bin"].some((folder) => existsSync(`${folder}/${name}`)),
);

describe("Codex", () => {
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

  describe("in its window", { skip: !hasTerminal && "there is no terminal" }, () => {
    /** Asks there, and returns what is left once the window is closed. */
    const leftBy = async (command: string, settings: string) => {
      const trusted = `[projects."${sandbox.project}"]\ntrust_level = "trusted"\n`;
      sandbox.write("home", ".codex/config.toml", `${settings}\n${trusted}`);
      await askInWindow(sandbox, `${command} "${question}"`);
      return sandbox.left().filter(({ command }) => command.includes("daemon"));
    };
    const lines = () => sandbox.tool.settingsLines?.(sandbox.access) ?? "";

    test("leaves nothing running, by our command or by its settings file", async () => {
      sandbox = await openSandbox("codex");
      assert.deepEqual(await leftBy(`${sandbox.tool.command?.(sandbox.access)}`, ""), []);
      assert.deepEqual(await leftBy("codex", lines()), []);
    });

    test("without our last line, leaves a server running, which our command ends", async () => {
      sandbox = await openSandbox("codex");
      const settings = lines().replace("daemon_auto_start = false", "");
      const isServer = ({ command }: { command: string }) => command.includes(" app-server --listen ");
      assert.equal((await leftBy("codex", settings)).filter(isServer).length, 1);
      await sandbox.run(sandbox.tool.endBackground ?? "");
      await expectToEnd(sandbox, isServer);
    });
  });

  test("without the key, says where there is one", async () => {
    sandbox = await openSandbox("codex");
    sandbox.write("home", ".codex/config.toml", sandbox.tool.settingsLines?.(sandbox.access) ?? "");
    const { end, text } = await sandbox.run(`unset OPENROUTER_API_KEY; codex ${exec}`);
    assert.equal(end, 1);
    assert.ok(text.includes(sandbox.access.instructions), text);
  });
});
