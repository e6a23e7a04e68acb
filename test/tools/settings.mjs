import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Nothing pops up that a test did not ask for. */
const quiet = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "remote.autoForwardPorts": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.startupEditor": "none",
};

/**
 * Changes user settings, and leaves the others. A VS Code that is running takes them up by itself.
 * @param {string} userData VS Code's user-data-dir
 * @param {Record<string, unknown>} changes `undefined` removes a setting
 */
export function changeSettings(userData, changes) {
  const file = join(userData, "User/settings.json");
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : quiet;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...before, ...changes }, undefined, 2));
}
