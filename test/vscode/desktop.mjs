import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { startGroup } from "./lifetime.mjs";
import { consumerFolder } from "./package.mjs";
import { root } from "./paths.mjs";

/**
 * VSCODE_EXECUTABLE, or the desktop VS Code, downloaded where that hasn't been done. VSCODE_VERSION chooses one.
 * @returns {Promise<string>}
 */
export const desktopExecutable = async () =>
  process.env.VSCODE_EXECUTABLE || downloadAndUnzipVSCode(process.env.VSCODE_VERSION);

/**
 * Why the desktop VS Code can't be had here, if it can't.
 * @returns {Promise<string | undefined>}
 */
export async function desktopObstacle() {
  if (process.env.VSCODE_EXECUTABLE) return;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return "there is no display";
  const updates = "https://update.code.visualstudio.com";
  try {
    await fetch(updates, { method: "HEAD", signal: AbortSignal.timeout(4000) });
  } catch {
    return `${updates} can't be reached`;
  }
}

/**
 * Opens a window with our extension and the one that reads its key.
 * @param {string} folder where it keeps everything
 * @returns {Promise<{ closed: Promise<unknown> }>}
 */
export async function startDesktop(folder) {
  const { child } = startGroup(
    await desktopExecutable(),
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
  return { closed: new Promise((resolve) => child.once("close", resolve).once("error", resolve)) };
}
