// Bundles the unit tests like esbuild.mjs, once for all mutants: Stryker activates one at run time.
import { readdirSync, rmSync } from "node:fs";
import * as esbuild from "esbuild";

/** Excluded, since it takes 7 s. */
const faultMatrix = "faults.test.ts";

const { metafile } = await esbuild.build({
  entryPoints: readdirSync("test/unit", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && !name.endsWith(faultMatrix))
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
    /^src\/(openrouter|signIn|sessions|credits|common)\//.test(path),
  );
  if (!testsMutants) rmSync(file);
}
