import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureCodeServer } from "./codeServer.mjs";
import { runCommand, startGroup } from "./lifetime.mjs";
import { root } from "./paths.mjs";

/**
 * Starts code-server, a real VS Code whose window is a page in a browser.
 * @param {object} options
 * @param {string} options.folder for all its data
 * @param {string[]} options.extensions the .vsix files to install
 * @param {string[]} [options.trustedDomains] hosts, with their port, that links may open without confirmation
 * @param {number} [options.port] by default any free port
 * @param {boolean} [options.workspaceTrust] whether folders are untrusted until the user trusts them
 * @param {string} [options.logLevel]
 * @returns {Promise<{ url: string, logs: string, stop: () => Promise<void> }>}
 */
export async function startWorkbenchServer({
  folder,
  extensions,
  trustedDomains = [],
  port = 0,
  workspaceTrust = false,
  logLevel = "info",
}) {
  const { node, codeServer } = await ensureCodeServer();
  const logs = join(folder, "user-data/logs");
  const sockets = join(folder, "tmp");
  for (const path of [logs, sockets]) mkdirSync(path, { recursive: true });
  const config = join(folder, "config.yaml");
  writeFileSync(config, "auth: none\n");
  const program = [
    codeServer,
    ...["--config", config],
    ...["--user-data-dir", join(folder, "user-data"), "--extensions-dir", join(folder, "extensions")],
  ];
  const env = { ...environment(), TMPDIR: sockets };

  const install = extensions.flatMap((vsix) => ["--install-extension", vsix]);
  await runCommand(node, [...program, ...install, "--force"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });

  const { child, stop } = startGroup(
    node,
    [
      ...["--import", join(root, "test/tools/endWithParent.mjs")],
      ...program,
      ...["--bind-addr", `127.0.0.1:${port}`, "--auth", "none"],
      ...(workspaceTrust ? [] : ["--disable-workspace-trust"]),
      ...["--disable-telemetry", "--disable-update-check"],
      ...["--disable-getting-started-override", "--log", logLevel],
      ...trustedDomains.flatMap((domain) => ["--link-protection-trusted-domains", domain]),
    ],
    { env, stdio: ["ignore", "pipe", "pipe"] },
  );
  const log = createWriteStream(join(logs, "code-server.log"));
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  let output = "";
  const url = await new Promise((resolve, reject) => {
    /** @param {Buffer} data */
    const read = (data) => {
      output += data;
      const listening = /HTTP server listening on (http\S+)/.exec(output);
      if (listening) resolve(listening[1]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("close", (code) => reject(new Error(`code-server ended with ${code}:\n${output}`)));
  });
  return { url, logs, stop };
}

/** Without variables that would affect the server: PORT, PASSWORD, CODE_SERVER_…, VSCODE_… */
const environment = () =>
  Object.fromEntries(["PATH", "HOME", "LANG", "USER", "SHELL"].map((name) => [name, process.env[name]]));
