import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runCommand } from "./lifetime.mjs";

/** The guide for extension authors, whose example is the only copy. */
export const guide = readFileSync("docs/for-extension-authors.md", "utf8");

/**
 * An extension from the guide: its two files as text.
 * @typedef {Record<"package.json" | "extension.js", string>} Example
 */

/** @type {Example} */
export const example = {
  "package.json": fileInGuide("package.json"),
  "extension.js": fileInGuide("extension.js"),
};

/**
 * The example that lets the user choose an account, as the guide says: its lines in place of the one that requests
 * the session. With another name, so that both can be installed.
 * @type {Example}
 */
export const exampleWithAccounts = variant("Accounts", (code) =>
  code.replace(/^ {2}const session = .*\n/m, () => found(/\n## Several accounts\n.*?```js\n(.*?)```/s)),
);

/**
 * The example that asks a model, as the guide says: its lines in place of the first one and of the function `ask`.
 * @type {Example}
 */
export const exampleWithModels = variant("Models", (code) => {
  const [, first, ask] =
    /^(.*?\n)\n(.*)$/s.exec(found(/\n## Use the models, without the key\n.*?```js\n(.*?)```/s)) ?? [];
  return code
    .replace(/^.*\n/, () => `${first}`)
    .replace(/^async function ask\(\) \{\n.*?^\}\n/ms, () => `${ask}`);
});

/** The arguments of the command that packages the example, as the guide has it: `npx @vscode/vsce …`. */
export const packageArguments = found(/`npx @vscode\/vsce ([^`]+)`/).split(" ");

/**
 * Writes the files of an example to a folder.
 * @param {Example} files
 * @param {string} folder
 */
export function writeExample(files, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/**
 * Packages an example with the guide's command.
 * @param {Example} files
 * @param {string} folder
 * @returns {Promise<string>} the path of the .vsix
 */
export async function packageExample(files, folder) {
  writeExample(files, folder);
  await runCommand(process.execPath, [resolve("node_modules/@vscode/vsce/vsce"), ...packageArguments], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const { name, version } = JSON.parse(files["package.json"]);
  return join(folder, `${name}-${version}.vsix`);
}

/** @param {string} name */
function fileInGuide(name) {
  return found(new RegExp(`\`${name.replace(".", "\\.")}\`[^\`]*:\n\n\`\`\`\\w+\n(.*?)\`\`\``, "s"));
}

/** @param {RegExp} pattern */
function found(pattern) {
  const [, text] = pattern.exec(guide) ?? [];
  if (text === undefined) throw new Error(`The guide for extension authors has no ${pattern}`);
  return text;
}

/**
 * The example with another name, and with changed code.
 * @param {string} name
 * @param {(code: string) => string} change
 * @returns {Example}
 */
function variant(name, change) {
  /** @param {string} text */
  const renamed = (text) =>
    text
      .replaceAll("my-extension", `my-${name.toLowerCase()}`)
      .replaceAll("myExtension", `my${name}`)
      .replaceAll("My Extension", `My ${name}`);
  return {
    "package.json": renamed(example["package.json"]),
    "extension.js": change(renamed(example["extension.js"])),
  };
}
