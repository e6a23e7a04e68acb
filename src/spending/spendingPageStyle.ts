import { Markup } from "./markup";

/** The classes of the colors of the picture: of each of the series, and of all others. */
export const seriesColors = ["series-1", "series-2", "series-3", "series-4", "series-5", "series-6"];
export const othersColor = "others";

/** Colors of the theme that differ, and stand out from its background. The orange of charts doesn't in dark themes. */
const themeColors = [
  ...["charts-blue", "charts-green", "charts-purple"],
  ...["charts-yellow", "charts-red", "terminal-ansiCyan"],
];

/**
 * The style of the page, in the colors of VS Code's theme (VS Code docs, "Theme Color"), whose own styles for webviews
 * don't pass our content security policy.
 * @param axisLength characters of the longest text at the vertical axis
 */
export const spendingPageStyle = (axisLength: number): Markup =>
  new Markup(`
body {
  margin: 0;
  padding: 1em 1.5em 3em;
  color: var(--vscode-editor-foreground, var(--vscode-foreground));
  background: var(--vscode-editor-background);
  font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 1.5 var(--vscode-font-family, system-ui, sans-serif);
}
main { max-width: 100em; }
h1 { margin: 0.5em 0; font-size: 1.8em; font-weight: 600; line-height: 1.2; }
h2 { margin: 2em 0 0.5em; font-size: 1.3em; font-weight: 600; line-height: 1.2; }
p { margin: 0.4em 0; max-width: 50em; }
a { color: var(--vscode-textLink-foreground); text-decoration: underline; text-underline-offset: 0.15em; }
a:hover { color: var(--vscode-textLink-activeForeground); }
:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 2px; }
.links, .legend { display: flex; flex-wrap: wrap; gap: 0.3em 1.5em; margin: 0.8em 0; padding: 0; list-style: none; }
.legend li { display: flex; align-items: baseline; min-width: 0; overflow-wrap: anywhere; }
figure { max-width: 68em; margin: 1em 0; }
figcaption { margin-left: ${axisLength + 1}ch; }
.chart {
  display: block;
  overflow: visible;
  height: 16em;
  width: calc(100% - ${axisLength + 1}ch);
  margin: 1em 0 2.5em ${axisLength + 1}ch;
}
.chart text { fill: var(--vscode-descriptionForeground, currentColor); font-size: 0.9em; }
.grid { stroke: var(--vscode-editorWidget-border, var(--vscode-descriptionForeground)); stroke-opacity: 0.5; }
.column { fill: transparent; }
g:hover > .column { fill: var(--vscode-list-hoverBackground, transparent); }
.bar { stroke: var(--vscode-editor-background); stroke-width: 2px; paint-order: stroke; }
.swatch {
  flex: none;
  display: inline-block;
  width: 0.8em;
  height: 0.8em;
  margin-right: 0.4em;
  border: 1px solid transparent;
  forced-color-adjust: none;
}
${[...seriesColors, othersColor].map(colorRule).join("\n")}
.table { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding: 0.2em 0 0.4em; color: var(--vscode-descriptionForeground); text-align: start; }
th, td { padding: 0.3em 0.7em; border-bottom: 1px solid var(--vscode-editorWidget-border, currentColor); vertical-align: top; }
td, thead th { text-align: end; white-space: nowrap; }
thead th { max-width: 16em; vertical-align: bottom; font-weight: 600; white-space: normal; }
.name bdi { display: inline-block; max-width: 14em; overflow-wrap: break-word; }
tbody th { min-width: min(16em, 35vw); max-width: 26em; font-weight: normal; text-align: start; overflow-wrap: anywhere; }
thead .text, td.text, tfoot th { text-align: start; }
td.text { min-width: 14em; white-space: normal; }
tfoot th, tfoot td { border-bottom: none; font-weight: 600; }
th:first-child { padding-left: 0; }
.detail { color: var(--vscode-descriptionForeground); }
.warning { color: var(--vscode-editorWarning-foreground); }
.error { color: var(--vscode-errorForeground); }
@media (max-width: 28em) { .spare { display: none; } }
.vscode-high-contrast .bar { stroke: var(--vscode-contrastBorder, currentColor); }
.vscode-high-contrast .swatch { border-color: var(--vscode-contrastBorder, currentColor); }
.vscode-high-contrast .grid, .vscode-high-contrast th, .vscode-high-contrast td { border-color: var(--vscode-contrastBorder, currentColor); stroke-opacity: 1; }
`);

function colorRule(name: string, index: number): string {
  const theme = themeColors[index];
  // Opaque, unlike the theme's own grays.
  const gray = "color-mix(in srgb, var(--vscode-editor-foreground) 50%, var(--vscode-editor-background))";
  const color = theme === undefined ? gray : `var(--vscode-${theme})`;
  return `.${name} { fill: ${color}; background: ${color}; }`;
}
