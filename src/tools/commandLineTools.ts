import { claudeCode } from "./claudeCode";
import { clineCli } from "./clineCli";
import { codex } from "./codex";
import type { CommandLineTool } from "./commandLineTool";
import { copilotCli } from "./copilotCli";
import { kilo, openCode } from "./openCode";
import { openRouterVariables } from "./variables";

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
    ignoresBaseUrl: true,
    projectFiles: [".env", ".aider.conf.yml"],
  }),
  // Zed's docs, "LLM Providers".
  reader({
    id: "zed",
    name: "Zed",
    programs: ["zed", "zeditor"],
    command: () => "zed .",
    ignoresBaseUrl: true,
  }),
  anyTool,
];
