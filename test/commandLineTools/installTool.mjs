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
  try {
    await installAndStart(id);
  } catch (error) {
    if (`${process.platform}-${process.arch}` === testedPlatform) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

/** @param {string} id */
async function installAndStart(id) {
  const { package: name, version } = toolVersions[id] ?? { package: "", version: "" };
  const folder = await installOnce(toolFolder(id), [`${name}@${version}`], import.meta.url, (unfinished) =>
    // They link the program for this platform into place.
    npm(["rebuild", "--loglevel=error"], unfinished, ["ignore", "ignore", "inherit"]),
  );
  const { bin } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
  const program = join(folder, "node_modules/.bin", Object.keys(bin)[0] ?? "");
  if (!existsSync(program)) throw new Error(`${name} has no program for this platform`);
  const home = temporaryFolder("commandLineTool");
  const { text, failure } = await commandOutput(program, ["--version"], {
    env: { ...process.env, HOME: home.path },
  });
  home.remove();
  if (failure) throw new Error(`${text.trim()}\n${failure}`);
  if (!text.includes(version)) throw new Error(`${name} ${version} says that it is ${text.trim()}`);
}
