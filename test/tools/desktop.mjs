import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { startGroup } from "./lifetime.mjs";
import { consumerFolder } from "./package.mjs";
import { root } from "./paths.mjs";

/**
 * Finds the desktop VS Code: VSCODE_EXECUTABLE, or else a download of VSCODE_VERSION, by default the latest.
 * @returns {Promise<string>} its path; rejects with the reason why there is none
 */
export async function findDesktop() {
  const { VSCODE_EXECUTABLE, VSCODE_VERSION } = process.env;
  if (VSCODE_EXECUTABLE) return VSCODE_EXECUTABLE;
  const reason = await whyNoDesktop();
  if (reason) throw new Error(`No desktop VS Code: ${reason}. Set VSCODE_EXECUTABLE to its path.`);
  return downloadAndUnzipVSCode(VSCODE_VERSION);
}

async function whyNoDesktop() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return "there is no display";
  const updates = "https://update.code.visualstudio.com";
  try {
    // The download itself would keep trying for a minute.
    await fetch(updates, { method: "HEAD", signal: AbortSignal.timeout(4000) });
  } catch (error) {
    return `it can't be downloaded from ${updates} (${error})`;
  }
}

/**
 * Opens a window with our extension and the consumer extension.
 * @param {string} executable
 * @param {string} folder for all its data
 * @returns {Promise<unknown>} resolves when the window was closed
 */
export function startDesktop(executable, folder) {
  const { child } = startGroup(
    executable,
    [
      `--extensionDevelopmentPath=${root}`,
      `--extensionDevelopmentPath=${consumerFolder}`,
      `--user-data-dir=${join(folder, "user-data")}`,
      `--extensions-dir=${join(folder, "extensions")}`,
      ...["--new-window", "--disable-workspace-trust", "--skip-welcome", "--skip-release-notes"],
      // Without a keyring, VS Code would ask the user what to do.
      "--password-store=basic",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
    { stdio: "ignore" },
  );
  return new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
}
