import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { CommandLineTool } from "../../../src/tools/commandLineTool";
import { anyTool, commandLineTools } from "../../../src/tools/commandLineTools";
import { openCodeConfiguration } from "../../../src/tools/openCodeConfiguration";
import { anyText, url } from "../arbitraries";
import { shellWords } from "./shellWords";

const access = {
  key: "sk-or-v1-secret",
  baseUrl: "https://openrouter.ai",
  model: "deepseek/deepseek-v3.2",
  prompt: "…",
  instructions: "Ask.",
};
const openRouter = {
  OPENROUTER_API_KEY: "sk-or-v1-secret",
  OPENROUTER_BASE_URL: "https://openrouter.ai/api/v1",
};

/** What each tool gets, whole: a variable that is missing or left over may send a key somewhere else. */
const environments: Record<string, Record<string, string>> = {
  claudeCode: {
    ANTHROPIC_BASE_URL: "https://openrouter.ai/api",
    ANTHROPIC_AUTH_TOKEN: "sk-or-v1-secret",
    CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: "1",
    ANTHROPIC_API_KEY: "",
    ANTHROPIC_CUSTOM_HEADERS: "",
    CLAUDE_CODE_USE_ANTHROPIC_AWS: "",
    CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD: "",
    CLAUDE_CODE_USE_BEDROCK: "",
    CLAUDE_CODE_USE_FOUNDRY: "",
    CLAUDE_CODE_USE_GATEWAY: "",
    CLAUDE_CODE_USE_MANTLE: "",
    CLAUDE_CODE_USE_VERTEX: "",
  },
  codex: openRouter,
  copilotCli: {
    COPILOT_PROVIDER_TYPE: "openai",
    COPILOT_PROVIDER_BASE_URL: "https://openrouter.ai/api/v1",
    COPILOT_PROVIDER_API_KEY: "sk-or-v1-secret",
    COPILOT_MODEL: "deepseek/deepseek-v3.2",
    COPILOT_PROVIDER_API_KEY_COMMAND: "",
    COPILOT_PROVIDER_BEARER_TOKEN: "",
    COPILOT_PROVIDER_HEADERS: "",
    COPILOT_PROVIDER_MODEL_ID: "",
    COPILOT_PROVIDER_TRANSPORT: "",
    COPILOT_PROVIDER_WIRE_API: "",
    COPILOT_PROVIDER_WIRE_MODEL: "",
  },
  opencode: {
    OPENROUTER_API_KEY: "sk-or-v1-secret",
    OPENCODE_CONFIG_CONTENT: openCodeConfiguration(access),
  },
  kilo: { OPENROUTER_API_KEY: "sk-or-v1-secret", KILO_CONFIG_CONTENT: openCodeConfiguration(access) },
  clineCli: { ...openRouter, CLINE_SESSION_BACKEND_MODE: "local" },
  aider: openRouter,
  zed: openRouter,
  anyTool: openRouter,
};

const commands: Record<string, string | undefined> = {
  claudeCode: "claude",
  codex:
    "codex -c model_provider=openrouter -c model_providers.openrouter.name=OpenRouter" +
    " -c model_providers.openrouter.base_url=https://openrouter.ai/api/v1" +
    " -c model_providers.openrouter.env_key=OPENROUTER_API_KEY -c features.shell_snapshot=false" +
    " -m deepseek/deepseek-v3.2",
  copilotCli: "copilot",
  opencode: "opencode",
  kilo: "kilo",
  clineCli: 'cline -P openrouter -m deepseek/deepseek-v3.2 "…"',
  aider: "aider",
  zed: "zed .",
  anyTool: undefined,
};

const tableOf = <Value>(value: (tool: CommandLineTool) => Value) =>
  Object.fromEntries(commandLineTools.map((tool) => [tool.id, value(tool)]));
const toolOf = (id: string) => commandLineTools.find((tool) => tool.id === id) ?? assert.fail(id);

/** Addresses and models with everything that a shell could take for something else. */
const accesses = fc.record({
  key: fc.stringMatching(/^sk-or-v1-[0-9a-f]{64}$/),
  baseUrl: url("https"),
  model: anyText({ minLength: 1 }),
  prompt: fc.constant("…"),
  instructions: anyText(),
});

test("each tool gets exactly these variables", () => {
  assert.deepEqual(
    tableOf(({ environment }) => environment(access)),
    environments,
  );
  assert.equal(commandLineTools.at(-1), anyTool);
});

test("each tool is started by this command", () => {
  assert.deepEqual(
    tableOf(({ command }) => command?.(access)),
    commands,
  );
});

test("the key is in the variables only, each time as a whole, and never without the address", () => {
  fc.assert(
    fc.property(accesses, (access) => {
      for (const { environment, command, settingsLines } of commandLineTools) {
        const values = Object.values(environment(access));
        assert.ok(values.includes(access.key));
        assert.ok(values.every((value) => value === access.key || !value.includes(access.key)));
        const texts = [command?.(access), settingsLines?.(access), openCodeConfiguration(access)];
        assert.equal(texts.join("\n").includes(access.key), false);
        const inJson = JSON.stringify(`${access.baseUrl}/api`).slice(1, -1);
        assert.ok(
          values.some((value) => value.startsWith(`${access.baseUrl}/api`) || value.includes(inJson)),
        );
      }
    }),
  );
});

test("whatever is in an address or a model is one word of the command, and the same text", () => {
  fc.assert(
    fc.property(accesses, (access) => {
      const codex = shellWords(toolOf("codex").command?.(access) ?? "");
      assert.equal(codex[6], `model_providers.openrouter.base_url=${access.baseUrl}/api/v1`);
      assert.deepEqual(codex.slice(11), ["-m", access.model]);
      const cline = toolOf("clineCli").command?.(access) ?? "";
      assert.match(cline, / "…"$/);
      assert.deepEqual(shellWords(cline.slice(0, -4)), ["cline", "-P", "openrouter", "-m", access.model]);
      for (const id of ["claudeCode", "copilotCli", "opencode", "kilo", "aider", "zed"]) {
        assert.equal(toolOf(id).command?.(access), commands[id]);
      }
    }),
  );
});

test("Codex's settings are the same as its command's", () => {
  fc.assert(
    fc.property(accesses, (access) => {
      const lines = toolOf("codex").settingsLines?.(access).split("\n") ?? [];
      const settingOf = (name: string) =>
        JSON.parse(lines.find((line) => line.startsWith(`${name} = `))?.slice(name.length + 3) ?? "null");
      assert.equal(settingOf("model"), access.model);
      assert.equal(settingOf("model_provider"), "openrouter");
      assert.equal(settingOf("base_url"), `${access.baseUrl}/api/v1`);
      assert.equal(settingOf("env_key"), "OPENROUTER_API_KEY");
      assert.ok(
        lines.indexOf("[model_providers.openrouter]") > lines.findIndex((line) => /^model /.test(line)),
      );
    }),
  );
});

test("each project's file is below its folder, and named once", () => {
  for (const { id, projectFiles } of commandLineTools) {
    assert.equal(new Set(projectFiles).size, projectFiles.length, id);
    for (const file of projectFiles) assert.match(file, /^\.?[\w-]+(\.[\w-]+)*(\/[\w-]+(\.[\w-]+)*)?$/);
  }
});

test("every tool from npm has a version that is tested with it", () => {
  const { tools }: { tools: Record<string, { package: string }> } = JSON.parse(
    readFileSync("test/commandLineTools/versions.json", "utf8"),
  );
  const fromNpm = commandLineTools.filter(({ install }) => install?.startsWith("npm "));
  assert.deepEqual(
    Object.entries(tools).map(([id, tool]) => [id, `npm install -g ${tool.package}`]),
    fromNpm.map(({ id, install }) => [id, install]),
  );
});
