import { apiUrl } from "../openrouter/baseUrl";
import type { ApiAccess, CommandLineTool } from "./commandLineTool";
import { openCodeConfiguration } from "./openCodeConfiguration";
import { wordForShell } from "./wordForShell";

/**
 * The variables in which many command-line tools find a key. Its address is always beside it, since one that the
 * machine has already may belong to another server.
 */
const openRouterVariables = ({ key, baseUrl }: ApiAccess) => ({
  OPENROUTER_API_KEY: key,
  OPENROUTER_BASE_URL: apiUrl(baseUrl),
});

/** Empty variables: as if the machine had none of these. */
const emptied = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ""]));

/** OpenRouter's guide "Claude Code"; Claude Code's docs, "LLM gateway configuration" and "Environment variables". */
const claudeCode: CommandLineTool = {
  id: "claudeCode",
  name: "Claude Code",
  programs: ["claude"],
  install: "npm install -g @anthropic-ai/claude-code",
  asksForModel: false,
  environment: ({ key, baseUrl }) => ({
    ANTHROPIC_BASE_URL: `${baseUrl}/api`,
    ANTHROPIC_AUTH_TOKEN: key,
    // Otherwise the settings of a project come first, and can send the key to another server. Hooks don't get it.
    CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: "1",
    // Otherwise it sends what the user has for Anthropic, or for a gateway, to this address as well.
    ...emptied("ANTHROPIC_API_KEY", "ANTHROPIC_CUSTOM_HEADERS"),
    // Otherwise it sends the key to the user's gateway for another service.
    ...emptied(
      "CLAUDE_CODE_USE_ANTHROPIC_AWS",
      "CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD",
      "CLAUDE_CODE_USE_BEDROCK",
      "CLAUDE_CODE_USE_FOUNDRY",
      "CLAUDE_CODE_USE_GATEWAY",
      "CLAUDE_CODE_USE_MANTLE",
      "CLAUDE_CODE_USE_VERTEX",
    ),
  }),
  command: () => "claude",
  projectFiles: [],
};

/** Codex's docs, "Custom model providers". It has no provider for OpenRouter of its own. */
const codex: CommandLineTool = {
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
      }).flatMap(([name, value]) => ["-c", wordForShell(`${name}=${value}`)]),
      "-m",
      wordForShell(model),
    ].join(" "),
  settingsLines: ({ baseUrl, model }) =>
    `# For ~/.codex/config.toml, above its first [table]
model_provider = "openrouter"
model = ${JSON.stringify(model)}

[model_providers.openrouter]
name = "OpenRouter"
base_url = ${JSON.stringify(apiUrl(baseUrl))}
env_key = "OPENROUTER_API_KEY"
env_key_instructions = "In VS Code, run OpenRouter: Open Terminal with API Key."

[features]
daemon_auto_start = false
`,
  endBackground: "codex app-server daemon stop",
  projectFiles: [],
};

/** GitHub's docs, "Using your own LLM models in GitHub Copilot CLI". */
const copilotCli: CommandLineTool = {
  id: "copilotCli",
  name: "GitHub Copilot CLI",
  programs: ["copilot"],
  install: "npm install -g @github/copilot",
  asksForModel: true,
  environment: ({ key, baseUrl, model }) => ({
    COPILOT_PROVIDER_TYPE: "openai",
    COPILOT_PROVIDER_BASE_URL: apiUrl(baseUrl),
    COPILOT_PROVIDER_API_KEY: key,
    COPILOT_MODEL: model,
    // These come before the key, or are sent to this address as well.
    ...emptied(
      "COPILOT_PROVIDER_API_KEY_COMMAND",
      "COPILOT_PROVIDER_BEARER_TOKEN",
      "COPILOT_PROVIDER_HEADERS",
    ),
    // These belong to another address.
    ...emptied(
      "COPILOT_PROVIDER_MODEL_ID",
      "COPILOT_PROVIDER_TRANSPORT",
      "COPILOT_PROVIDER_WIRE_API",
      "COPILOT_PROVIDER_WIRE_MODEL",
    ),
  }),
  command: () => "copilot",
  projectFiles: [],
};

/** opencode's docs, "Config" and "Providers". */
const openCode: CommandLineTool = {
  id: "opencode",
  name: "opencode",
  programs: ["opencode"],
  install: "npm install -g opencode-ai",
  asksForModel: true,
  environment: (access) => ({
    OPENROUTER_API_KEY: access.key,
    OPENCODE_CONFIG_CONTENT: openCodeConfiguration(access),
  }),
  command: () => "opencode",
  projectFiles: [
    "opencode.json",
    "opencode.jsonc",
    ".opencode/opencode.json",
    ".opencode/opencode.jsonc",
    ".opencode/plugin",
    ".opencode/plugins",
  ],
};

/** Kilo's docs, "CLI": it's built on opencode. */
const kilo: CommandLineTool = {
  id: "kilo",
  name: "Kilo CLI",
  programs: ["kilo"],
  install: "npm install -g @kilocode/cli",
  asksForModel: true,
  environment: (access) => ({
    OPENROUTER_API_KEY: access.key,
    KILO_CONFIG_CONTENT: openCodeConfiguration(access),
  }),
  command: () => "kilo",
  projectFiles: [
    ...["", ".kilo/", ".kilocode/"].flatMap((folder) =>
      ["kilo", "opencode"].flatMap((name) => [`${folder}${name}.json`, `${folder}${name}.jsonc`]),
    ),
    ...[".kilo", ".kilocode"].flatMap((folder) => [`${folder}/plugin`, `${folder}/plugins`]),
  ],
};

/** Cline's docs, "CLI reference". Only its one-shot mode takes the key from a variable. */
const clineCli: CommandLineTool = {
  id: "clineCli",
  name: "Cline CLI",
  programs: ["cline"],
  install: "npm install -g cline",
  asksForModel: true,
  // Without the mode, a background process keeps the key. CLINE_SANDBOX ends it as well, and passes over a key that is
  // stored, but reads its settings from a folder for temporary files, where any other user can put an address.
  environment: (access) => ({ ...openRouterVariables(access), CLINE_SESSION_BACKEND_MODE: "local" }),
  command: ({ model }) => `cline -P openrouter -m ${wordForShell(model)} "Explain this project"`,
  endBackground: "cline hub stop",
  projectFiles: [
    ".env",
    ".env.development",
    ".env.local",
    ".cline/hooks",
    ".cline/plugins",
    ".clinerules/hooks",
  ],
};

/** A tool that needs nothing but the variables. */
const reader = (
  tool: Pick<CommandLineTool, "id" | "name" | "programs" | "install" | "command"> & Partial<CommandLineTool>,
): CommandLineTool => ({
  asksForModel: false,
  environment: openRouterVariables,
  projectFiles: [],
  ...tool,
});

/** Whatever reads `OPENROUTER_API_KEY`. */
export const anyTool = reader({ id: "anyTool", name: "OPENROUTER_API_KEY", programs: [] });

/** The tools, in the order in which they are shown. */
export const commandLineTools: readonly CommandLineTool[] = [
  claudeCode,
  codex,
  copilotCli,
  openCode,
  kilo,
  clineCli,
  // aider's docs, "OpenRouter"; "Config with .env" and "YAML config file", which both set variables.
  reader({
    id: "aider",
    name: "aider",
    programs: ["aider"],
    install: "python -m pip install aider-install && aider-install",
    command: () => "aider",
    projectFiles: [".env", ".aider.conf.yml"],
  }),
  // Zed's docs, "LLM Providers".
  reader({ id: "zed", name: "Zed", programs: ["zed", "zeditor"], command: () => "zed ." }),
  anyTool,
];
