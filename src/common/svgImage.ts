/** A picture that needs no file and no request. */
export interface SvgImage {
  /** A data URI. */
  readonly uri: string;
  /** Both in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** What pictures are drawn with, as colors of SVG: a picture in a data URI doesn't see those of the page. */
export interface PictureColors {
  readonly normal: string;
  readonly warning: string;
  readonly error: string;
  /** What is behind the others: the rest of a bar, and the line that bars stand on. */
  readonly base: string;
  /** Whether the rest of a bar has an outline instead, as in high contrast. */
  readonly isOutlined: boolean;
}

/** A picture of these SVG elements, which have only ASCII characters. */
export const svgImage = (width: number, height: number, elements: string): SvgImage => ({
  uri: `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${elements}</svg>`)}`,
  width,
  height,
});

/** A part of a whole, from 0 to 1, whatever the numbers are: 0 where they say nothing. */
export function shareOf(part: number, whole: number): number {
  const share = part / whole;
  return share > 0 ? Math.min(share, 1) : 0;
}

/** A length for SVG, in tenths of a pixel. */
export const tenths = (length: number) => Math.round(length * 10) / 10;
