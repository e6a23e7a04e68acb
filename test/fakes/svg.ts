import assert from "node:assert/strict";
import type { PictureColors, SvgImage } from "../../src/common/svgImage";

/** Each of them another one, so that a test sees which is in use. */
export const colors: PictureColors = {
  normal: "#001",
  warning: "#002",
  error: "#003",
  base: "#004",
  isOutlined: false,
};

/** The SVG of a picture. Fails unless it's well-formed XML of empty elements and groups, without texts and links. */
export function svgOf({ uri, width, height }: SvgImage): string {
  const prefix = "data:image/svg+xml;base64,";
  assert.ok(uri.startsWith(prefix));
  const svg = atob(uri.slice(prefix.length));
  const open: string[] = [];
  const rest = svg.replaceAll(
    /<(\/?)([a-zA-Z]+)((?: [a-z-]+="[^"<>&]*")*)(\/?)>/g,
    (_, end, name, attributes, empty) => {
      assert.match(name, /^(svg|rect|path|clipPath)$/);
      assert.ok(!/NaN|Infinity|undefined|e[-+]?\d|:\/\/(?!www\.w3\.org\/2000\/svg")/.test(attributes), svg);
      const names = [...attributes.matchAll(/ ([a-z-]+)=/g)].map(([, attribute]) => attribute);
      assert.equal(new Set(names).size, names.length, "an attribute stands twice");
      if (end) assert.equal(open.pop(), name);
      else if (!empty) open.push(name);
      return "";
    },
  );
  assert.equal(rest, "", "there is nothing but elements");
  assert.deepEqual(open, [], "all elements end");
  assert.ok(svg.startsWith(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`));
  return svg;
}
