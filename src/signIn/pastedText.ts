/**
 * A pasted text as the user sees it: without the invisible characters that web pages and chats add (zero-width
 * characters, byte order mark, soft hyphen), and with plain spaces.
 */
export const visibleText = (text: string) =>
  text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();

/** The text without quotes around it, or the comma after them. */
export const unquoted = (text: string) =>
  text.replace(/^[\s"'`\u201c\u201e\u2018\u00ab<]+|[\s"'`\u201c\u201d\u2019\u00bb>,;]+$/g, "");

/** Whether this is an address, with its scheme or without. */
export const isAddress = (text: string) =>
  /^([a-z][a-z\d+.-]*:)?\/\//i.test(text) ||
  /^(www\.|openrouter\.ai\b|localhost[:/]|127\.0\.0\.1[:/])/i.test(text);
