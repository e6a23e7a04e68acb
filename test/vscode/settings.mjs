import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Nothing pops up that a test did not ask for. */
const quiet = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.startupEditor": "none",
};

/**
 * Replaces the user settings. A VS Code that is running takes them up by itself.
 * @param {string} userData VS Code's user-data-dir
 * @param {Record<string, unknown>} [settings]
 */
export function writeSettings(userData, settings) {
  const file = join(userData, "User/settings.json");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...quiet, ...settings }, undefined, 2));
}
