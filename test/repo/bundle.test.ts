import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bundleSize } from "../bench/bundles";

interface Metafile {
  outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}

/** In bytes: a little more than there is, so that growing is a decision. See docs/performance.md. */
const budgets = [
  { what: "start-up", files: ["dist/extension.js"], minified: 3000, gzipped: 1500 },
  { what: "all", files: ["dist/extension.js", "dist/services.js"], minified: 80_600, gzipped: 28_900 },
  { what: "web worker", files: ["dist/web/extension.js"], minified: 80_600, gzipped: 28_900 },
];

for (const { what, files, ...budget } of budgets) {
  test(`the bundle keeps within its budget: ${what}`, () => {
    const { minified, gzipped } = bundleSize(...files);
    const within = minified <= budget.minified && gzipped <= budget.gzipped;
    const sizes = `${minified} bytes minified, ${gzipped} gzipped, of ${budget.minified} and ${budget.gzipped}`;
    assert.ok(within, `${sizes}\nThe largest inputs, in bytes:\n${largestInputs(files).join("\n")}`);
  });
}

function largestInputs(files: string[]): string[] {
  const { outputs }: Metafile = JSON.parse(readFileSync("dist/meta.json", "utf8"));
  const counted = files.map((file) => (file === "dist/web/extension.js" ? "dist/services.js" : file));
  return counted
    .flatMap((file) => Object.entries(outputs[file]?.inputs ?? {}))
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 15)
    .map(([input, { bytesInOutput }]) => `${String(bytesInOutput).padStart(7)}  ${input}`);
}
