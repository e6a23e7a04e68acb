import { type PictureColors, type SvgImage, shareOf, svgImage, tenths } from "../common/svgImage";
import { withoutRest } from "../common/usd";
import type { KeyInfo } from "../openrouter/keyInfo";
import { creditAlerts, type Severity } from "./creditsView";

/** How much of a key's limit is used. */
export interface UsedLimit {
  /** From 0 to 1, which is only where nothing is left. */
  readonly share: number;
  /** How urgent that is, whatever else there is about the key. */
  readonly severity: Severity;
}

/** In pixels. */
const [width, height] = [300, 6];
/** Whatever is used, or is left, is seen. */
const least = 2;

/** Undefined without a limit, and where it isn't known what is left. @param warnBelow percent of the limit */
export function usedLimit(key: KeyInfo, warnBelow: number): UsedLimit | undefined {
  const { limit, limitRemaining } = key;
  if (limit === null || typeof limitRemaining !== "number") return undefined;
  const left = withoutRest(limitRemaining);
  const kinds = creditAlerts(key, { now: 0, warnBelow }).map(({ kind }) => kind);
  return {
    share: left <= 0 ? 1 : Math.min(1 - shareOf(left, limit), 1 - Number.EPSILON),
    severity: kinds.includes("empty") ? "error" : kinds.includes("low") ? "warning" : "normal",
  };
}

/** Draws the limit as a bar, and the part of it that is used. */
export function limitBar({ share, severity }: UsedLimit, colors: PictureColors): SvgImage {
  const used = share <= 0 || share >= 1 ? share : Math.min(Math.max(share, least / width), 1 - least / width);
  const rest = colors.isOutlined
    ? `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="2.5" fill="none" stroke="${colors.base}"/>`
    : `<rect width="${width}" height="${height}" rx="3" fill="${colors.base}"/>`;
  // The ends of the whole are round, and that of the part within isn't.
  const part = `<clipPath id="a"><rect width="${width}" height="${height}" rx="3"/></clipPath><rect clip-path="url(#a)" width="${tenths(shareOf(used, 1) * width)}" height="${height}" fill="${colors[severity]}"/>`;
  return svgImage(width, height, rest + part);
}
