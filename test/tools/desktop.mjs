import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { startGroup } from "./lifetime.mjs";
import { consumerFolder } from "./package.mjs";
import { root } from "./paths.mjs";

/**
 * The desktop VS Code: the one of VSCODE_EXECUTABLE, else it is downloaded where that hasn't been done.
 * VSCODE_VERSION chooses another than the latest.
 * @returns {Promise<{ executable: string } | { obstacle: string }>}
 */
export async function findDesktop() {
  const { VSCODE_EXECUTABLE, VSCODE_VERSION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (VSCODE_EXECUTABLE) return { executable: VSCODE_EXECUTABLE };
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY)
    return { obstacle: "there is no display" };
  const updates = "https://update.code.visualstudio.com";
  try {
    // The download itself would try for a minute.
    await fetch(updates, { method: "HEAD", signal: AbortSignal.timeout(4000) });
    return { executable: await downloadAndUnzipVSCode(VSCODE_VERSION) };
  } catch (error) {
    return { obstacle: `it could not be downloaded from ${updates} (${error})` };
  }
}

/**
 * Opens a window with our extension and the one that reads its key.
 * @param {string} executable
 * @param {string} folder where it keeps everything
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
      // Without a keyring it would ask what to do.
      "--password-store=basic",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
    { stdio: "ignore" },
  );
  return new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
}
