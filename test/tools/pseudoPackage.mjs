import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getL10nPseudoLocalized } from "@vscode/l10n-dev";
import { packages, packVsix } from "./package.mjs";
import { root } from "./paths.mjs";

/** VS Code's name for the pseudo language: English with accented letters, and a third longer. */
export const pseudoLanguage = "qps-ploc";

/** What a translation keeps unchanged. */
const untouchable =
  /(\{\d+\}|`[^`]*`|\]\([^)]*\)|https?:\/\/(?:[\w./-]*\w)?|http\.\w+|[A-Z]+_[A-Z_]+|OpenRouter|VS Code|USD|UTC)/;

/** @param {string} text */
export function pseudoLocalized(text) {
  const parts = Object.fromEntries(text.split(untouchable).map((part, i) => [i, part]));
  const translatable = Object.fromEntries(Object.entries(parts).filter(([i]) => Number(i) % 2 === 0));
  return Object.values({ ...parts, ...getL10nPseudoLocalized(translatable) }).join("");
}

/** Packages the built extension with a translation to the pseudo language. Only for tests. */
export async function packagePseudoLocalized() {
  const folder = join(root, "out/pseudo");
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["dist", "l10n", "media", "package.json", "package.nls.json", "README.md"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  for (const name of ["package.nls", "l10n/bundle.l10n"]) {
    const texts = JSON.parse(readFileSync(join(root, `${name}.json`), "utf8"));
    const translation = Object.entries(texts).map(([key, text]) => [key, pseudoLocalized(text)]);
    writeFileSync(
      join(folder, `${name}.${pseudoLanguage}.json`),
      JSON.stringify(Object.fromEntries(translation)),
    );
  }
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  // Without scripts, since it is already built.
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, scripts: {} }));
  await packVsix(folder, packages.pseudoLocalized);
}
