import type { CommandLineTool } from "./commandLineTool";
import { openCodeConfiguration } from "./openCodeConfiguration";

/** opencode's docs, "Config" and "Providers". */
export const openCode: CommandLineTool = {
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
export const kilo: CommandLineTool = {
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
