import { type Markup, markup } from "./markup";

/** A part of a bar. */
export interface Segment {
  /** The class that it is colored by. */
  readonly color: string;
  readonly value: number;
  /** What it is, where the pointer is over it. */
  readonly title: string;
}

/** A bar, also where nothing is in it. */
export interface Bar {
  /** Below it. */
  readonly label?: string;
  /** What it is, where the pointer is over its column. */
  readonly title: string;
  /** From the bottom up. */
  readonly segments: readonly Segment[];
}

/** Stacked bars, side by side. */
export interface BarChart {
  /** What the picture shows, for who can't see it. */
  readonly label: string;
  /** Of the axis, with their texts: from zero up to its end. */
  readonly ticks: readonly (readonly [value: number, text: string])[];
  readonly bars: readonly Bar[];
}

/** How much of its column a bar takes. */
const barWidth = 0.7;

/**
 * Draws a bar chart as SVG in HTML, without colors and sizes, which are the style's. All places are shares of its width and its
 * height, so texts keep their size in any. The texts of the axes stand outside, on the left and below.
 */
export function barChart({ label, ticks, bars }: BarChart): Markup {
  const top = ticks.at(-1)?.[0] ?? 1;
  return markup`<svg class="chart" role="img" aria-label="${label}">
${ticks.map(([value, text]) => tick(text, percent(1 - value / top)))}${withSpares(bars).map((bar, i) => column(bar, i, bars.length, top))}</svg>`;
}

/** Every other label, from the last one on, can be left out where there is no room. */
function withSpares(bars: readonly Bar[]): (Bar & { isSpare: boolean })[] {
  let isSpare = true;
  const labeled = [...bars].reverse().map((bar) => {
    if (bar.label !== undefined) isSpare = !isSpare;
    return { ...bar, isSpare };
  });
  return labeled.reverse();
}

const tick = (text: string, y: string) =>
  markup`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/><text x="0" y="${y}" dx="-.6em" dy=".35em" text-anchor="end">${text}</text>
`;

function column(
  { label, title, segments, isSpare = false }: Bar & { readonly isSpare?: boolean },
  index: number,
  count: number,
  top: number,
): Markup {
  const x = percent((index + (1 - barWidth) / 2) / count);
  const width = percent(barWidth / count);
  let height = 0;
  const rectangles = segments
    .filter(({ value }) => value > 0)
    .map(({ color, value, title: name }) => {
      height += value;
      return markup`<rect class="bar ${color}" x="${x}" y="${percent(1 - height / top)}" width="${width}" height="${percent(value / top)}"><title>${name}</title></rect>
`;
    });
  return markup`<g><title>${title}</title><rect class="column" x="${percent(index / count)}" y="0" width="${percent(1 / count)}" height="100%"/>
${rectangles}${label === undefined ? [] : dayLabel(label, percent((index + 0.5) / count), isSpare)}</g>
`;
}

const dayLabel = (text: string, x: string, isSpare: boolean) =>
  markup`<text${isSpare ? markup` class="spare"` : []} x="${x}" y="100%" dy="1.5em" text-anchor="middle">${text}</text>
`;

const percent = (share: number) => `${Number((share * 100).toFixed(3))}%`;
