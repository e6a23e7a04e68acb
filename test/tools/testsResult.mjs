import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

/**
 * Prints the failures. Throws if a test file of the folder didn't run.
 * @template {import("./runMocha").TestsResult} Result
 * @param {string} folder
 * @param {Result} result
 */
export function reportResult(folder, result) {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const missing = names
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".test.ts") && !result.files.includes(name));
  if (missing.length > 0) throw new Error(`${folder}/index.ts doesn't name ${missing.join(", ")}`);
  for (const { title, message } of result.failures) console.error(`✖ ${title}\n${message}\n`);
  return result;
}
