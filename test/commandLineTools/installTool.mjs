import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installOnce } from "../tools/installOnce.mjs";
import { commandOutput, temporaryFolder } from "../tools/lifetime.mjs";
import { npm } from "../tools/npm.mjs";
import { testedPlatform, toolFolder, toolVersions } from "./toolVersions.mjs";

/**
 * Installs a tool unless it is installed, and starts it once.
 * @param {string} id
 * @returns {Promise<string | undefined>} why it can't be tested here. Throws if it doesn't run where it ran before
 */
export async function installTool(id) {
  if (process.platform === "win32") return "its command is tested in the shells of Unix";
  const { package: name, version } = toolVersions[id] ?? { package: "", version: "" };
  const folder = await installOnce(toolFolder(id), [`${name}@${version}`], import.meta.url, (unfinished) =>
    // They link the program for this platform into place.
    npm(["rebuild", "--loglevel=error"], unfinished, ["ignore", "ignore", "inherit"]),
  );
  const { bin } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
  const program = join(folder, "node_modules/.bin", Object.keys(bin)[0] ?? "");
  const home = temporaryFolder("commandLineTool");
  const { text, failure } = existsSync(program)
    ? await commandOutput(program, ["--version"], { env: { ...process.env, HOME: home.path } })
    : { text: "", failure: `There is no ${program}` };
  home.remove();
  if (!failure && text.includes(version)) return undefined;
  const reason = `${failure ?? "Another version"}: ${text.trim().split("\n").at(-1)}`;
  if (`${process.platform}-${process.arch}` === testedPlatform) throw new Error(reason);
  return reason;
}
