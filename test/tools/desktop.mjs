import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { startGroup } from "./lifetime.mjs";
import { consumerFolder } from "./package.mjs";
import { root } from "./paths.mjs";

/**
 * Finds the desktop VS Code: VSCODE_EXECUTABLE, or else a download of VSCODE_VERSION, by default the latest.
 * @returns {Promise<{ executable: string } | { reason: string }>} its path, or the reason why there is none
 */
export async function findDesktop() {
  const { VSCODE_EXECUTABLE, VSCODE_VERSION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (VSCODE_EXECUTABLE) return { executable: VSCODE_EXECUTABLE };
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return { reason: "there is no display" };
  const updates = "https://update.code.visualstudio.com";
  try {
    // The download itself would keep trying for a minute.
    await fetch(updates, { method: "HEAD", signal: AbortSignal.timeout(4000) });
    return { executable: await downloadAndUnzipVSCode(VSCODE_VERSION) };
  } catch (error) {
    return { reason: `it could not be downloaded from ${updates} (${error})` };
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
