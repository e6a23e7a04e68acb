import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Settings that keep VS Code from showing anything unrelated to the tests. */
const defaults = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on", // a click waits until its target stands still
  "workbench.startupEditor": "none",
};

/**
 * Changes user settings and keeps the others. A running VS Code applies them automatically.
 * @param {string} userData VS Code's user-data-dir
 * @param {Record<string, unknown>} changes `undefined` removes a setting
 */
export function changeSettings(userData, changes) {
  const file = join(userData, "User/settings.json");
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : defaults;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...before, ...changes }, undefined, 2));
}
