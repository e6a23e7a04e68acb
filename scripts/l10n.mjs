// npm run l10n: writes l10n/bundle.l10n.json, the texts of src/ to translate.
// With --check it reports problems in that file, the manifest and every translation instead.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";
import { root } from "../test/tools/paths.mjs";
import {
  commandNameProblems,
  hardCodedTexts,
  translationProblems,
  untranslatableTexts,
} from "./translations.mjs";

const bundle = join(root, "l10n/bundle.l10n.json");
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, contents: readFileSync(join(root, "src", name), "utf8"), extension: ".ts" }));
const exported = Object.keys(await getL10nJson(sources)).sort();
const texts = Object.fromEntries(exported.map((text) => [text, text]));

if (process.argv.includes("--check")) {
  const problems = check();
  for (const problem of problems) console.error(`✖ ${problem}`);
  console.log(`${exported.length} texts, ${translations().length} translation files`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} else {
  mkdirSync(join(root, "l10n"), { recursive: true });
  writeFileSync(bundle, toJson(texts));
  console.log(`Wrote ${exported.length} texts to l10n/bundle.l10n.json`);
}

function check() {
  const manifest = read("package.json");
  const { description, contributes } = manifest;
  const manifestTexts = read("package.nls.json");
  const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key = ""]) => key);
  /** @type {string[]} */
  const problems = [];
  if (!existsSync(bundle) || readFileSync(bundle, "utf8") !== toJson(texts)) {
    problems.push("l10n/bundle.l10n.json is out of date. Run `npm run l10n`.");
  }
  for (const text of untranslatableTexts({ description, contributes })) {
    problems.push(`package.json has a text that belongs in package.nls.json: ${text}`);
  }
  for (const key of used) if (!(key in manifestTexts)) problems.push(`package.nls.json lacks ${key}`);
  for (const key of Object.keys(manifestTexts)) {
    if (!used.includes(key))
      problems.push(`package.nls.json has a text that package.json doesn't use: ${key}`);
  }
  for (const { name, contents } of sources) {
    for (const text of hardCodedTexts(contents)) {
      problems.push(`src/${name} has a text without l10n.t: ${text}`);
    }
  }
  const languages = translations();
  for (const path of languages) {
    const [, kind, language] = /^(bundle\.l10n|package\.nls)\.(.+)\.json$/.exec(basename(path)) ?? [];
    const [english, other] =
      kind === "bundle.l10n"
        ? [texts, `package.nls.${language}.json`]
        : [manifestTexts, `l10n/bundle.l10n.${language}.json`];
    if (!languages.includes(other)) problems.push(`${path} exists, but ${other} doesn't`);
    const translation = read(path);
    const titles = read(`package.nls.${language}.json`);
    const commands = Object.keys(manifestTexts)
      .filter((key) => key.startsWith("command."))
      .map((key) => /** @type {[string, string]} */ ([manifestTexts[key], titles[key] ?? ""]));
    for (const problem of [
      ...translationProblems(english, translation),
      ...commandNameProblems(english, translation, commands),
    ]) {
      problems.push(`${path} ${problem}`);
    }
  }
  return problems;
}

/** The paths of the translation files, relative to the project. */
function translations() {
  const bundles = existsSync(join(root, "l10n")) ? readdirSync(join(root, "l10n")) : [];
  return [...readdirSync(root), ...bundles.map((name) => `l10n/${name}`)]
    .filter((path) => /^(l10n\/bundle\.l10n|package\.nls)\..+\.json$/.test(path))
    .filter((path) => path !== "l10n/bundle.l10n.json");
}

/**
 * @param {string} path
 * @returns {any}
 */
function read(path) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

/** @param {unknown} value */
function toJson(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
