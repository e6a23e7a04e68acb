/** Code points that are shown of a text. A label of OpenRouter has at most 100. */
const maxLength = 100;

/**
 * Control characters, half characters, and whatever can't be seen, such as those that turn the direction of the text
 * around it. The joiners of emojis and of Persian stay.
 */
const invisible = /(?!\s|\u200c|\u200d|\ufe0f)[\p{C}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A text from outside (a server, an account, a setting, an error) as one line that can stand in any text that VS Code
 * shows. VS Code makes links of `[text](command:…)` in notifications and in messages of input boxes (its
 * `parseLinkedText`), and icons of `$(name)` in quick picks, in the status bar, and in messages of input boxes (its
 * `renderLabelWithIcons`). An invisible word joiner after each `]` and `$` breaks both, whatever follows.
 */
export function plainText(text: string): string {
  const characters = [...text.replace(invisible, "").replace(/\s+/g, " ").trim()];
  const shown =
    characters.length > maxLength ? `${characters.slice(0, maxLength).join("")}…` : characters.join("");
  return shown.replace(/[\]$]/g, "$&\u2060");
}

/** Any text, in a Markdown string and in a cell of a table: a backslash makes all ASCII punctuation plain. */
export const escapeMarkdown = (text: string) => text.replace(/\s+/g, " ").replace(/[!-/:-@[-`{-~]/g, "\\$&");

/** Any text, in an HTML page, also within quotes. */
export const escapeHtml = (text: string) =>
  text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
