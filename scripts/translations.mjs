// Finds problems in the texts of the extension and their translations, for `npm run lint`.

/** What a translation must keep unchanged: placeholders, code and link targets. */
const untouchable = /\{\d+\}|`[^`]*`|\]\([^)]*\)|https?:\/\/(?:[\w./-]*\w)?|\b(?:http\.\w+|[A-Z]+_[A-Z_]+)/g;

/** Texts that may be the same in another language: the product's name and loanwords. */
const sameInOtherLanguages = new Set([
  "configuration.title",
  "command.connect",
  "Connect OpenRouter",
  "Limit",
  "Label",
  "Tools",
  "{0} ({1})",
]);

/** Fields of the manifest that are shown to users. Not `label`: that of the authentication provider is a name. */
const textFields =
  /^(title|category|description|markdownDescription|enumDescriptions|enumItemLabels|errorMessage|altText|name)$/;

/**
 * The problems of a translation of `texts`.
 * @param {Record<string, string>} texts in English
 * @param {Record<string, string>} translation
 * @returns {string[]}
 */
export function translationProblems(texts, translation) {
  const problems = Object.keys(translation)
    .filter((key) => !(key in texts))
    .map((key) => `has no English text: ${key}`);
  for (const [key, text] of Object.entries(texts)) {
    const translated = translation[key];
    /** @param {string} what */
    const report = (what) => problems.push(`${what}: ${key}`);
    if (translated === undefined) report("is missing");
    else if (!translated.trim()) report("is empty");
    else if (translated === text && hasWords(text) && !sameInOtherLanguages.has(key))
      report("is still in English");
    else {
      if (unchangedParts(text) !== unchangedParts(translated))
        report("has different placeholders, code or links");
      // In a walkthrough, a line that consists of a link is a button.
      if (shape(text) !== shape(translated)) report("has different lines or buttons");
    }
  }
  return problems;
}

/** @param {string} text */
const unchangedParts = (text) => (text.match(untouchable) ?? []).sort().join(" ");

/** @param {string} text */
const shape = (text) =>
  text
    .split("\n")
    .map((line) => (/^\[[^\]]*\]\([^)]*\)$/.test(line) ? "button" : "line"))
    .join(" ");

/** @param {string} text */
const hasWords = (text) =>
  /\p{L}{2}/u.test(text.replaceAll(untouchable, "").replaceAll(/OpenRouter|VS Code|USD/g, ""));

/** A step of the walkthrough may have the words of a command. @param {string} key */
const isHeading = (key) => /^walkthrough\.\w+\.title$/.test(key);

/**
 * The texts that name a command, and whose translation names it differently than the palette does.
 * @param {Record<string, string>} texts in English
 * @param {Record<string, string>} translation
 * @param {[english: string, translated: string][]} titles of the commands
 * @returns {string[]}
 */
export function commandNameProblems(texts, translation, titles) {
  return titles.flatMap(([english, translated]) => {
    const [name, translatedName] = [english, translated].map((title) => title.replace(/…$/, ""));
    // A title of one word is also a word.
    if (!name?.includes(" ")) return [];
    const named = new RegExp(`\\b${name}\\b`);
    return Object.entries(texts)
      .filter(([key]) => !isHeading(key))
      .filter(([key, text]) => named.test(text) && !translation[key]?.includes(`${translatedName}`))
      .map(([key]) => `calls the command “${translatedName}” differently: ${key}`);
  });
}

/** Names, which are the same in every language, and strings that only programs read. */
const names = new Set([
  ...["Connect OpenRouter", "OpenRouter", "Authorization"],
  ...["Claude Code", "Codex", "Kilo CLI", "Cline", "Cline CLI", "Zed", "Zoo Code"],
]);

/**
 * Texts in the source that users could see and that aren't translated: string literals that begin like a sentence
 * or a title, except on lines with a log message, an error or a comment.
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
 * Texts in the manifest that are not a reference to a translation.
 * @param {unknown} value
 * @param {string} [field]
 * @returns {string[]}
 */
export function untranslatableTexts(value, field = "") {
  if (typeof value === "string") return textFields.test(field) && !/^%[\w.]+%$/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => untranslatableTexts(item, field));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => untranslatableTexts(item, name));
}
