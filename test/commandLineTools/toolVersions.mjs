import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tools/paths.mjs";

/**
 * The versions that were tested last, where, and on which day.
 * @type {{ lastRun: string, platform: string, tools: Record<string, { package: string, version: string }> }}
 */
export const { tools: toolVersions, platform: testedPlatform } = JSON.parse(
  readFileSync(join(root, "test/commandLineTools/versions.json"), "utf8"),
);

/**
 * The folder into which a tool is installed, below the one for downloads.
 * @param {string} id
 */
export const toolFolder = (id) => `commandLineTools-${id}`;
