// How the tests find a browser and start it. They install none: `.ci/run` does on a machine for CI.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

/** Program names to look up on the PATH, or full paths. */
const usualPlaces = {
  linux: ["chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "chromium-browser"],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((variable) =>
    ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"].map((path) =>
      join(process.env[variable] ?? "", path),
    ),
  ),
};

/**
 * Playwright's options for starting the browser of this machine. Throws if there is none.
 * @param {boolean} [headless]
 */
export const launchOptions = (headless = true) => ({
  executablePath: findChromium(headless),
  args: [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Don't slow down a window that is behind the page it opened.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // Chromium refuses to start its sandbox as root, which is the usual user in a container.
    ...(process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
});

/**
 * Opens a browser that writes only to `folder`, for a VS Code that Playwright Test doesn't start. HEADED=1 shows it.
 * @param {string} folder
 */
export const openChromium = (folder) =>
  chromium.launchPersistentContext(join(folder, "chromium"), {
    ...launchOptions(!process.env.HEADED),
    headless: !process.env.HEADED,
    viewport: { width: 1280, height: 800 },
    env: { ...process.env, TMPDIR: folder },
    artifactsDir: join(folder, "artifacts"),
  });

/**
 * @param {boolean} headless
 * @returns {string} the path of a Chromium, Chrome or Edge
 */
function findChromium(headless) {
  // The shell is what Playwright itself would use: a Chromium that draws no window, for a quarter less CPU.
  const shell = headless ? search(["chromium-headless-shell"]) : undefined;
  const found =
    process.env.CHROMIUM ?? shell ?? search(new Map(Object.entries(usualPlaces)).get(process.platform));
  if (found) return found;
  const command = {
    linux: "sudo apt-get install chromium",
    darwin: "brew install --cask google-chrome",
    win32: "winget install Google.Chrome",
  };
  const how = new Map(Object.entries(command)).get(process.platform);
  throw new Error(
    `No Chromium, Chrome or Edge found. Install one${how ? ` (\`${how}\`)` : ""}, or set CHROMIUM to its path.`,
  );
}

/** @param {string[]} [places] */
const search = (places = []) => {
  const folders = ["", ...(process.env.PATH ?? "").split(delimiter)];
  return places.flatMap((place) => folders.map((folder) => join(folder, place))).find(isProgram);
};

/** @param {string} path */
const isProgram = (path) => path.includes(process.platform === "win32" ? "\\" : "/") && existsSync(path);
