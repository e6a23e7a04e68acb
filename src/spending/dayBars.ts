import { type PictureColors, type SvgImage, shareOf, svgImage, tenths } from "../common/svgImage";

/** In pixels. */
const [width, height] = [300, 40];
/** What the bars stand on. */
const line = 1;
/** How much of its column a bar takes. */
const barWidth = 0.75;
/** Whatever was spent is seen. */
const least = 1;

/** Draws amounts as bars side by side, the greatest as high as the picture. Where one is nothing, there's the line only. */
export function dayBars(amounts: readonly number[], { normal, base }: PictureColors): SvgImage {
  const greatest = Math.max(0, ...amounts.filter(Number.isFinite));
  const column = width / amounts.length;
  const wide = tenths(column * barWidth);
  const left = (i: number) => tenths((i + (1 - barWidth) / 2) * column);
  const bars = amounts.map((amount, i) => {
    if (!(amount > 0)) return "";
    const high = tenths(Math.max(shareOf(amount, greatest) * (height - line), least));
    return `M${left(i)} ${height - line}v-${high}h${wide}v${high}z`;
  });
  const lines = amounts.map((_, i) => `M${left(i)} ${height - line}h${wide}v${line}h-${wide}z`);
  return svgImage(
    width,
    height,
    `<path fill="${base}" d="${lines.join("")}"/><path fill="${normal}" d="${bars.join("")}"/>`,
  );
}
