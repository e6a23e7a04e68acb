import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

/** Names on the PATH, then full paths. */
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
 * Opens a browser that leaves nothing outside of `folder`. HEADED=1 shows it.
 * @param {string} folder
 * @param {string[]} [args] more of Chromium's own
 * @param {import("playwright-core").BrowserContextOptions} [screen] what is seen, and how sharply
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
      // A window behind the page that it opened must not slow down.
      "--disable-background-timer-throttling",
      "--disable-backgrounding-occluded-windows",
      "--disable-renderer-backgrounding",
      // Chromium refuses to start its sandbox as root, which is what one is in a container.
      ...(process.platform === "linux" && isRoot() ? ["--no-sandbox"] : []),
      ...args,
    ],
  });
}

/** @returns {string} the path of a Chromium, Chrome or Edge */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const found = lookAround() ?? (installFromDebian() ? lookAround() : undefined);
  if (found) return found;
  throw new Error(
    "No Chromium, Chrome or Edge found. Install one (Debian: `apt-get install chromium`, macOS: " +
      "`brew install --cask google-chrome`), or set CHROMIUM to its path.",
  );
}

const lookAround = () => {
  const places = new Map(Object.entries(usualPlaces)).get(process.platform) ?? [];
  const folders = ["", ...(process.env.PATH ?? "").split(delimiter)];
  return places.flatMap((place) => folders.map((folder) => join(folder, place))).find(isProgram);
};

/** @param {string} path */
const isProgram = (path) => path.includes(process.platform === "win32" ? "\\" : "/") && existsSync(path);

const isRoot = () => process.getuid?.() === 0;

/** Containers of Debian run as root and start without a browser. */
const installFromDebian = () => {
  if (!isRoot() || !existsSync("/usr/bin/apt-get")) return false;
  console.log("Installing Chromium with apt-get. This is done once.");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    execFileSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  }
  return true;
};
