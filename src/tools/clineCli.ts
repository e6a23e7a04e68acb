import type { CommandLineTool } from "./commandLineTool";
import { openRouterVariables } from "./variables";
import { wordForShell } from "./wordForShell";

/** Cline's docs, "CLI reference". Only its one-shot mode takes the key from a variable. */
export const clineCli: CommandLineTool = {
  id: "clineCli",
  name: "Cline CLI",
  programs: ["cline"],
  install: "npm install -g cline",
  asksForModel: true,
  // Without the mode, a background process keeps the key. CLINE_SANDBOX ends it as well, and passes over a key that is
  // stored, but reads its settings from a folder for temporary files, where any other user can put an address.
  environment: (access) => ({ ...openRouterVariables(access), CLINE_SESSION_BACKEND_MODE: "local" }),
  command: ({ model, prompt }) => `cline -P openrouter -m ${wordForShell(model)} "${prompt}"`,
  ignoresBaseUrl: true,
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
