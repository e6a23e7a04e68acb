import { apiUrl } from "../openrouter/baseUrl";
import type { CommandLineTool } from "./commandLineTool";
import { openRouterVariables } from "./variables";
import { wordForShell } from "./wordForShell";

/** Codex's docs, "Custom model providers". It has no provider for OpenRouter of its own. */
export const codex: CommandLineTool = {
  id: "codex",
  name: "Codex",
  programs: ["codex"],
  install: "npm install -g @openai/codex",
  asksForModel: true,
  environment: openRouterVariables,
  // With such an option, Codex doesn't use its background process.
  command: ({ baseUrl, model }) =>
    [
      "codex",
      ...Object.entries({
        model_provider: "openrouter",
        "model_providers.openrouter.name": "OpenRouter",
        "model_providers.openrouter.base_url": apiUrl(baseUrl),
        "model_providers.openrouter.env_key": "OPENROUTER_API_KEY",
        // Otherwise it writes its environment, and so the key, to a file.
        "features.shell_snapshot": "false",
      }).flatMap(([name, value]) => ["-c", wordForShell(`${name}=${value}`)]),
      "-m",
      wordForShell(model),
    ].join(" "),
  settingsLines: ({ baseUrl, model, instructions }) =>
    `# For ~/.codex/config.toml, above its first [table]
model_provider = "openrouter"
model = ${JSON.stringify(model)}

[model_providers.openrouter]
name = "OpenRouter"
base_url = ${JSON.stringify(apiUrl(baseUrl))}
env_key = "OPENROUTER_API_KEY"
env_key_instructions = ${JSON.stringify(instructions)}

# If there is a [features] already, put these two lines there.
[features]
daemon_auto_start = false
shell_snapshot = false
`,
  endBackground: "codex app-server daemon stop",
  projectFiles: [],
};
