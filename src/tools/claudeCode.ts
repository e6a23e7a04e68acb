import type { CommandLineTool } from "./commandLineTool";
import { emptied } from "./variables";

/** OpenRouter's guide "Claude Code"; Claude Code's docs, "LLM gateway configuration" and "Environment variables". */
export const claudeCode: CommandLineTool = {
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
  // Versions that don't know the third variable obey these.
  projectFiles: [".claude/settings.json", ".claude/settings.local.json"],
};
