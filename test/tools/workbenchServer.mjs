import { once } from "node:events";
import { createWriteStream, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ensureCodeServer } from "./codeServer.mjs";
import { runCommand, startGroup } from "./lifetime.mjs";
import { root } from "./paths.mjs";
import { changeSettings } from "./settings.mjs";

/** @typedef {Awaited<ReturnType<typeof startWorkbenchServer>>} WorkbenchServer */

/**
 * Starts code-server, a real VS Code whose window is a page in a browser.
 * @param {object} options
 * @param {string} options.folder for all its data
 * @param {string[]} options.extensions the .vsix files to install
 * @param {string[]} [options.trustedDomains] hosts, with a port or `:*`, that links may open without confirmation
 * @param {number} [options.port] by default any free port
 * @param {keyof import("./codeServer.mjs").BuiltIns} [options.builtIns] VS Code's own extensions
 * @param {string} [options.logLevel]
 * @param {string} [options.programs] a folder of programs, with which only those of the system are on the PATH
 * @param {string} [options.gallery] the URL of a gallery for the Extensions view
 */
export async function startWorkbenchServer({
  folder,
  extensions,
  trustedDomains = [],
  port = 0,
  builtIns = "all",
  logLevel = "info",
  programs,
  gallery,
}) {
  const { node, codeServer, builtIns: builtInFolders } = await ensureCodeServer();
  const userData = join(folder, "user-data");
  const logs = join(userData, "logs");
  const sockets = join(folder, "tmp");
  for (const path of [logs, sockets]) mkdirSync(path, { recursive: true });
  const config = join(folder, "config.yaml");
  writeFileSync(config, "auth: none\n");
  const program = [
    codeServer,
    ...["--config", config],
    ...["--user-data-dir", userData, "--extensions-dir", join(folder, "extensions")],
  ];
  // The chat writes to the home directory.
  const env = {
    ...environment(),
    TMPDIR: sockets,
    ...(/chat$/i.test(builtIns) && { HOME: folder }),
    // As if it was started from a terminal: otherwise a login shell has the last word about the PATH.
    ...(programs && { PATH: `${programs}:/usr/bin:/bin`, VSCODE_CLI: "1" }),
    ...(gallery && {
      EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: gallery, itemUrl: `${gallery}/item` }),
    }),
  };

  const install = extensions.flatMap((vsix) => ["--install-extension", vsix]);
  if (install.length > 0) {
    await runCommand(node, [...program, ...install, "--force"], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  const { child, stop } = startGroup(
    node,
    [
      ...["--import", join(root, "test/tools/endWithParent.mjs")],
      ...program,
      ...["--bind-addr", `127.0.0.1:${port}`, "--auth", "none"],
      ...["--builtin-extensions-dir", builtInFolders[builtIns]],
      ...["--disable-telemetry", "--disable-update-check"],
      ...["--disable-getting-started-override", "--log", logLevel],
      ...trustedDomains.flatMap((domain) => ["--link-protection-trusted-domains", domain]),
    ],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  const output = createInterface({ input: /** @type {import("node:stream").Readable} */ (child.stdout) });
  const log = createWriteStream(join(logs, "code-server.log"), { flags: "a" });
  output.on("line", (line) => log.write(`${line}\n`));
  child.stderr?.pipe(log);
  const hosts = watchExtensionHosts(output);
  const url = await new Promise((resolve, reject) => {
    output.on("line", (line) => {
      const listening = /HTTP server listening on (http\S+)/.exec(line);
      if (listening) resolve(listening[1]);
    });
    child.once("close", (code) => reject(new Error(`code-server ended with ${code}, see ${logs}`)));
  });
  return {
    url,
    userData,
    logs,
    stop,
    /** Ends the extension hosts of closed windows. */
    endExtensionHosts: hosts.end,
    /**
     * Removes what earlier windows left on the server. The rest was in their browser.
     * @param {Record<string, unknown>} settings
     */
    resetUserData(settings) {
      for (const name of ["User", "Machine"]) {
        rmSync(join(userData, name), { recursive: true, force: true, maxRetries: 5 });
      }
      emptyLogs(logs);
      changeSettings(userData, settings);
    },
  };
}

/**
 * Empties the logs, which the server goes on to write, and removes those of extension hosts, which have ended.
 * @param {string} folder
 */
function emptyLogs(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) truncateSync(path);
    else if (/^exthost\d+$/.test(entry.name)) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    else emptyLogs(path);
  }
}

/**
 * The server keeps the extension host of a closed page for three hours, since the page may come back.
 * @param {import("node:readline").Interface} output of the server
 */
function watchExtensionHosts(output) {
  /** @type {Set<number>} */
  const running = new Set();
  output.on("line", (line) => {
    const [, id, what] = /<(\d+)> (Launched Extension Host|Extension Host Process exited)/.exec(line) ?? [];
    if (what?.startsWith("Launched")) running.add(Number(id));
    else running.delete(Number(id));
  });
  return {
    async end() {
      const timeout = AbortSignal.timeout(500); // most of them have ended by themselves by then
      while (running.size > 0 && !timeout.aborted)
        await once(output, "line", { signal: timeout }).catch(() => {});
      for (const id of running) kill(id);
      while (running.size > 0) await once(output, "line");
    },
  };
}

/** One that has just ended, which the output doesn't say yet, is no error. */
function kill(/** @type {number} */ id) {
  try {
    process.kill(id, "SIGKILL");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

/** Without variables that would affect the server: PORT, PASSWORD, CODE_SERVER_…, VSCODE_… */
const environment = () =>
  Object.fromEntries(["PATH", "HOME", "LANG", "USER", "SHELL"].map((name) => [name, process.env[name]]));
