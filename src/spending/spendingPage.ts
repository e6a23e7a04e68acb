import { type BarChart, barChart } from "./barChart";
import { type Markup, type MarkupPart, markup } from "./markup";
import { spendingPageStyle } from "./spendingPageStyle";

/** A link that runs a command. */
export interface PageLink {
  readonly text: string;
  readonly command: string;
}

export interface Cell {
  readonly text: string;
  /** Follows it, less visibly. */
  readonly detail?: string;
  /** Shows that it needs the user's attention, which its text says as well. */
  readonly tone?: "warning" | "error";
}

export interface Column {
  readonly text: string;
  /** Whether it holds words, and not numbers. */
  readonly isText?: boolean;
  /** The class of its color in the picture. */
  readonly color?: string;
}

/** The first column names what each row is about. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total?: readonly Cell[];
}

export interface Section {
  readonly heading: string;
  readonly notes?: readonly string[];
  readonly links?: readonly PageLink[];
  /** The picture, with what its colors mean from the bottom up. */
  readonly picture?: { readonly chart: BarChart; readonly legend: readonly Column[] };
  readonly table?: Table;
}

/** All that the page says, as plain text. */
export interface PageContent {
  /** Of its texts, such as "de" (BCP 47). */
  readonly language: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly links: readonly PageLink[];
  readonly sections: readonly Section[];
}

/**
 * The page as HTML: without scripts, and with no style but ours, which the nonce allows.
 * @param nonce a value of its own for each page (CSP Level 3, section 2.3.1)
 */
export function spendingPage(
  { language, title, notes, links, sections }: PageContent,
  nonce: string,
): string {
  const axisLength = Math.max(
    0,
    ...sections.flatMap(({ picture }) => (picture?.chart.ticks ?? []).map(([, text]) => text.length)),
  );
  return markup`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">${spendingPageStyle(axisLength)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${notes.map(paragraph)}${linkList(links)}${sections.map(section)}</main>
</body>
</html>
`.text;
}

const paragraph = (text: string) => markup`<p>${text}</p>
`;

const linkList = (links: readonly PageLink[]) =>
  links.length === 0
    ? []
    : markup`<ul class="links">
${links.map(
  ({ text, command }) => markup`<li><a href="command:${command}">${text}</a></li>
`,
)}</ul>
`;

function section({ heading, notes = [], links = [], picture, table }: Section, index: number): Markup {
  const id = `section-${index + 1}`;
  // No landmark: the table is one of the same name, which a screen reader would read twice.
  return markup`<section>
<h2 id="${id}">${heading}</h2>
${notes.map(paragraph)}${linkList(links)}${picture ? figure(picture) : []}${table ? tableOf(table, id) : []}</section>
`;
}

const figure = ({ chart, legend }: NonNullable<Section["picture"]>) => markup`<figure>
${barChart(chart)}
<figcaption><ul class="legend">
${legend.map(
  (item) => markup`<li>${swatch(item)}<bdi>${item.text}</bdi></li>
`,
)}</ul></figcaption>
</figure>
`;

/** In a region of its own, which the keyboard can scroll where the table is wider than the page. */
function tableOf({ caption, columns, rows, total }: Table, id: string): Markup {
  const row = (cells: readonly Cell[]) => markup`<tr>${cells.map((cell, i) =>
    i === 0
      ? markup`<th scope="row">${content(cell)}</th>`
      : markup`<td${columns[i]?.isText ? markup` class="text"` : []}>${content(cell)}</td>`,
  )}</tr>
`;
  return markup`<div class="table" role="region" aria-labelledby="${id}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map(
    (column, i) =>
      markup`<th scope="col"${headingClass(column, i)}>${swatch(column)}<bdi>${column.text}</bdi></th>`,
  )}</tr></thead>
<tbody>
${rows.map(row)}</tbody>
${total ? markup`<tfoot>${row(total)}</tfoot>\n` : []}</table></div>
`;
}

/** What stands apart in the picture has a name from outside, which may be a long word. */
function headingClass({ isText, color }: Column, index: number): MarkupPart {
  if (color !== undefined) return markup` class="name"`;
  return index === 0 || isText ? markup` class="text"` : "";
}

const swatch = ({ color }: Column) =>
  color === undefined ? [] : markup`<span class="swatch ${color}" aria-hidden="true"></span>`;

function content({ text, detail, tone }: Cell): Markup {
  const shown = tone === undefined ? markup`<bdi>${text}</bdi>` : markup`<bdi class="${tone}">${text}</bdi>`;
  return detail === undefined ? shown : markup`${shown} <bdi class="detail">${detail}</bdi>`;
}
