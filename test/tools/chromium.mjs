import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

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
 * Opens a browser that writes only to `folder`. HEADED=1 shows its window.
 * @param {string} folder
 * @param {string[]} [args] additional arguments for Chromium
 * @param {import("playwright-core").BrowserContextOptions} [screen] such as the viewport and the scale factor
 */
export function openChromium(folder, args = [], screen = {}) {
  return chromium.launchPersistentContext(join(folder, "chromium"), {
    executablePath: findChromium(),
    headless: !process.env.HEADED,
    viewport: { width: 1280, height: 800 },
    ...screen,
    env: { ...process.env, TMPDIR: folder },
    artifactsDir: join(folder, "artifacts"),
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
      ...(process.platform === "linux" && isRoot() ? ["--no-sandbox"] : []),
      ...args,
    ],
  });
}

/** @returns {string} the path of a Chromium, Chrome or Edge */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const found = searchUsualPlaces() ?? (installFromDebian() ? searchUsualPlaces() : undefined);
  if (found) return found;
  throw new Error(
    "No Chromium, Chrome or Edge found. Install one (Debian: `apt-get install chromium`, macOS: " +
      "`brew install --cask google-chrome`), or set CHROMIUM to its path.",
  );
}

const searchUsualPlaces = () => {
  const places = new Map(Object.entries(usualPlaces)).get(process.platform) ?? [];
  const folders = ["", ...(process.env.PATH ?? "").split(delimiter)];
  return places.flatMap((place) => folders.map((folder) => join(folder, place))).find(isProgram);
};

/** @param {string} path */
const isProgram = (path) => path.includes(process.platform === "win32" ? "\\" : "/") && existsSync(path);

const isRoot = () => process.getuid?.() === 0;

/** For Debian containers, which run as root and have no browser. */
const installFromDebian = () => {
  if (!isRoot() || !existsSync("/usr/bin/apt-get")) return false;
  console.log("Installing Chromium with apt-get. This happens only once.");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    execFileSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  }
  return true;
};
