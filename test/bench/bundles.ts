import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Measurement } from "./report";

export interface BundleSize {
  /** Both in bytes. */
  minified: number;
  gzipped: number;
}

/** The size of all files together, each compressed by itself. */
export function bundleSize(...files: string[]): BundleSize {
  const contents = files.map((file) => readFileSync(file));
  return {
    minified: contents.reduce((sum, { length }) => sum + length, 0),
    gzipped: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0),
  };
}

/**
 * The sizes of the built bundles, compared with an extension that is built into VS Code.
 * @param extensions the folder of VS Code's built-in extensions
 */
export function measureBundles(extensions: string): Measurement[] {
  const start = bundleSize("dist/extension.js");
  const all = bundleSize("dist/extension.js", "dist/services.js");
  const models = bundleSize("dist/models.js");
  const github = bundleSize(join(extensions, "github-authentication/dist/extension.js"));
  const row = (name: string, how: keyof BundleSize, what: string, size: BundleSize): Measurement => ({
    id: `bundle.${name}.${how}`,
    text: `Bundle, ${how}: ${what}`,
    unit: "KB",
    samples: [size[how] / 1000],
    exact: true,
  });
  const comparedWith = (how: keyof BundleSize) => ({ id: `bundle.github.${how}`, name: "github" });
  const [minified, gzipped] = [comparedWith("minified"), comparedWith("gzipped")];
  return [
    { ...row("start", "minified", "loaded at start-up", start), comparedWith: minified },
    { ...row("all", "minified", "all but the models", all), comparedWith: minified, goal: { max: 48 } },
    row("models", "minified", "loaded at the first request for models", models),
    row("github", "minified", "github-authentication", github),
    { ...row("all", "gzipped", "all but the models", all), comparedWith: gzipped, goal: { max: 16 } },
    row("github", "gzipped", "github-authentication", github),
  ];
}
