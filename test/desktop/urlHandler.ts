import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const launchServices =
  "/System/Library/Frameworks/CoreServices.framework/Frameworks/LaunchServices.framework/Support/lsregister";

/**
 * Makes this VS Code the system's handler of `vscode://` links, as its installer does. Only for a machine that is
 * thrown away afterwards.
 * @param userData the running VS Code's user-data-dir, to which a second process hands a link over
 */
export async function registerUrlHandler(executable: string, userData: string): Promise<void> {
  if (process.platform === "darwin") return void (await run(launchServices, ["-f", appOf(executable)]));
  if (process.platform === "win32") return registerOnWindows(executable, userData);
  const entry = join(homedir(), ".local/share/applications/vscode-test-url-handler.desktop");
  mkdirSync(dirname(entry), { recursive: true });
  writeFileSync(
    entry,
    `[Desktop Entry]
Type=Application
Name=VS Code of the tests
Exec="${executable}" --user-data-dir "${userData}" --open-url %U
NoDisplay=true
MimeType=x-scheme-handler/vscode;
`,
  );
  await run("xdg-mime", ["default", "vscode-test-url-handler.desktop", "x-scheme-handler/vscode"]);
}

async function registerOnWindows(executable: string, userData: string): Promise<void> {
  const key = "HKCU\\Software\\Classes\\vscode";
  const command = `"${executable}" --user-data-dir "${userData}" --open-url -- "%1"`;
  await run("reg", ["add", key, "/ve", "/d", "URL:vscode", "/f"]);
  await run("reg", ["add", key, "/v", "URL Protocol", "/d", "", "/f"]);
  await run("reg", ["add", `${key}\\shell\\open\\command`, "/ve", "/d", command, "/f"]);
}

/** Opens a link as a browser does: the system looks for the link's handler. */
export async function openUrl(url: string, executable: string): Promise<void> {
  if (process.platform === "darwin") await run("open", ["-a", appOf(executable), url]);
  else if (process.platform === "win32") {
    // Quoted for PowerShell, since cmd would cut the URL off at its first "&".
    await run("powershell", ["-NoProfile", "-Command", `Start-Process '${url.replaceAll("'", "''")}'`]);
  } else await run("xdg-open", [url]);
}

/** The .app that an executable is in. */
const appOf = (executable: string) => executable.replace(/\.app\/.*$/, ".app");
