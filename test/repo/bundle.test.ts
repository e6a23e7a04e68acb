import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bundleSize } from "../bench/bundles";

interface Metafile {
  outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
}

/** In bytes: a little more than the current sizes, so that growth is deliberate. See docs/performance.md. */
const budgets = [
  { name: "start-up", files: ["dist/extension.js"], minified: 3125, gzipped: 1430 },
  {
    name: "all but the models",
    files: ["dist/extension.js", "dist/services.js"],
    minified: 113_200,
    gzipped: 40_500,
  },
  { name: "models", files: ["dist/models.js"], minified: 108_900, gzipped: 39_300 },
  { name: "the spending page", files: ["dist/spendingPage.js"], minified: 30_000, gzipped: 12_000 },
  { name: "what was spent lately", files: ["dist/recentSpending.js"], minified: 8_400, gzipped: 3_850 },
  { name: "the tools", files: ["dist/tools.js"], minified: 32_300, gzipped: 12_550 },
  { name: "web worker", files: ["dist/web/extension.js"], minified: 286_800, gzipped: 101_700 },
];

for (const { name, files, ...budget } of budgets) {
  test(`the bundle is within its budget: ${name}`, () => {
    const { minified, gzipped } = bundleSize(...files);
    const within = minified <= budget.minified && gzipped <= budget.gzipped;
    const sizes = `${minified} bytes minified, ${gzipped} gzipped, of ${budget.minified} and ${budget.gzipped}`;
    assert.ok(within, `${sizes}\nThe largest inputs, in bytes:\n${largestInputs(files).join("\n")}`);
  });
}

for (const name of ["models", "tools"]) {
  test(`the bundle of the ${name} has no zod, since its own checks are smaller`, () => {
    const { outputs }: Metafile = JSON.parse(readFileSync("dist/meta.json", "utf8"));
    const inputs = Object.keys(outputs[`dist/${name}.js`]?.inputs ?? {});
    assert.ok(inputs.includes(`src/${name}.ts`));
    assert.deepEqual(
      inputs.filter((input) => input.includes("/zod/")),
      [],
    );
  });
}

function largestInputs(files: string[]): string[] {
  const { outputs }: Metafile = JSON.parse(readFileSync("dist/meta.json", "utf8"));
  const bundles = files.flatMap((file) =>
    file === "dist/web/extension.js"
      ? ["services", "models", "tools", "spendingPage", "recentSpending"].map((name) => `dist/${name}.js`)
      : file,
  );
  return bundles
    .flatMap((file) => Object.entries(outputs[file]?.inputs ?? {}))
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 15)
    .map(([input, { bytesInOutput }]) => `${String(bytesInOutput).padStart(7)}  ${input}`);
}
