import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

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

/** The size of an extension that is built into VS Code. */
export const builtInBundle = (extensions: string, name: string): BundleSize =>
  bundleSize(join(extensions, name, "dist/extension.js"));
