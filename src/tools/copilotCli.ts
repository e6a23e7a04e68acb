import { apiUrl } from "../openrouter/baseUrl";
import type { CommandLineTool } from "./commandLineTool";
import { emptied } from "./variables";

/** GitHub's docs, "Using your own LLM models in GitHub Copilot CLI". */
export const copilotCli: CommandLineTool = {
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
