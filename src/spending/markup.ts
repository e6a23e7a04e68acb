import { escapeHtml } from "../common/plainText";

/** Text that is markup already, of HTML or SVG. */
export class Markup {
  constructor(readonly text: string) {}
}

/** Whatever stands in a template: markup as it is, and everything else as plain text. */
export type MarkupPart = Markup | string | number | readonly Markup[];

/** A template of HTML or SVG. Its placeholders may stand in elements and in quotes, and are text, unless they're markup. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup =>
  new Markup(String.raw({ raw: strings }, ...parts.map(textOf)));

function textOf(part: MarkupPart): string {
  if (part instanceof Markup) return part.text;
  return typeof part === "object" ? part.map(({ text }) => text).join("") : escapeHtml(String(part));
}
