// What can be wrong with the texts of the extension and their translations. `npm run lint` looks for it.

/** What must come through a translation as it is: placeholders, code, and where links lead. */
const untouchable = /\{\d+\}|`[^`]*`|\]\([^)]*\)|https?:\/\/(?:[\w./-]*\w)?|\b(?:http\.\w+|[A-Z]+_[A-Z_]+)/g;

/** Texts that may be the same in another language: the name of the product, and words that travelled. */
const sameElsewhere = new Set([
  "configuration.title",
  "command.connect",
  "Connect OpenRouter",
  "Limit",
  "Label",
  "{0} ({1})",
]);

/** Fields of the manifest that a person reads. The label of an authentication provider is a name. */
const readFields =
  /^(title|category|description|markdownDescription|enumDescriptions|enumItemLabels|errorMessage|altText|name)$/;

/**
 * What is wrong with a translation of `texts`.
 * @param {Record<string, string>} texts in English
 * @param {Record<string, string>} translation
 * @returns {string[]}
 */
export function translationProblems(texts, translation) {
  const problems = Object.keys(translation)
    .filter((key) => !(key in texts))
    .map((key) => `is of no text any more: ${key}`);
  for (const [key, text] of Object.entries(texts)) {
    const translated = translation[key];
    /** @param {string} what */
    const report = (what) => problems.push(`${what}: ${key}`);
    if (translated === undefined) report("is missing");
    else if (!translated.trim()) report("is empty");
    else if (translated === text && hasWords(text) && !sameElsewhere.has(key)) report("is left in English");
    else {
      if (kept(text) !== kept(translated)) report("has other placeholders, code or links");
      // A line with nothing but a link is a button in the walkthrough.
      if (shape(text) !== shape(translated)) report("has other lines, or other buttons");
    }
  }
  return problems;
}

/** @param {string} text */
const kept = (text) => (text.match(untouchable) ?? []).sort().join(" ");

/** @param {string} text */
const shape = (text) =>
  text
    .split("\n")
    .map((line) => (/^\[[^\]]*\]\([^)]*\)$/.test(line) ? "button" : "line"))
    .join(" ");

/** @param {string} text */
const hasWords = (text) =>
  /\p{L}{2}/u.test(text.replaceAll(untouchable, "").replaceAll(/OpenRouter|VS Code|USD/g, ""));

/** Names, which are the same in every language, and what only another program reads. */
const names = new Set(["Connect OpenRouter", "OpenRouter", "Authorization"]);

/**
 * Texts in the source that a person could read and that are not translated: quoted, beginning like a sentence
 * or a title, where the line doesn't say that they are for a log, an error or a comment.
 * @param {string} source
 * @returns {string[]}
 */
export function hardCodedTexts(source) {
  const code = source
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/l10n\.t\(\s*"(?:[^"\\\n]|\\.)*"/g, "")
    .split("\n")
    .filter((line) => !/^\s*\/\/|new \w*Error\(|super\(|log\.\w+\(/.test(line))
    .join("\n");
  const quoted = [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|>([^<>{}$\n]+)</g)].map(
    ([, text = "", between]) => between ?? text,
  );
  return quoted.filter(
    (text) => /^(\$\([\w-]+\) )?[A-Z][a-z']+(?![\w-]*[A-Z:])/.test(text) && !names.has(text),
  );
}

/**
 * Texts of the manifest that stand there in English.
 * @param {unknown} value
 * @param {string} [field]
 * @returns {string[]}
 */
export function untranslatableTexts(value, field = "") {
  if (typeof value === "string") return readFields.test(field) && !/^%[\w.]+%$/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => untranslatableTexts(item, field));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => untranslatableTexts(item, name));
}
