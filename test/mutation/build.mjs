// Bundles the unit tests like esbuild.mjs, once for all mutants: Stryker activates one at run time.
import { readdirSync, rmSync } from "node:fs";
import { basename } from "node:path";
import * as esbuild from "esbuild";

/** Excluded: two matrices, which take long, and a test that reads files that Stryker changes or doesn't copy. */
const excluded = ["faults.test.ts", "fakeStreams.test.ts", "tokenAccuracy.test.ts"];

const { metafile } = await esbuild.build({
  entryPoints: readdirSync("test/unit", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && !excluded.includes(basename(name)))
    .map((name) => `test/unit/${name}`),
  outdir: "out/mutation",
  bundle: true,
  target: "es2022",
  format: "cjs",
  platform: "node",
  external: ["gpt-tokenizer/*"],
  inject: ["test/mutation/fewerRuns.mjs"],
  metafile: true,
  logLevel: "warning",
});
for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
  const testsMutants = Object.keys(inputs).some((path) =>
    /^src\/(openrouter|signIn|sessions|credits|models|common)\//.test(path),
  );
  if (!testsMutants) rmSync(file);
}
