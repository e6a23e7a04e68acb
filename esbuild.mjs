// Builds dist/extension.js, the one bundle for both extension hosts; with --tests also out/test/.
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import * as esbuild from "esbuild";

const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

/** Every file under `folder` that ends with `ending`. */
const files = (/** @type {string} */ folder, /** @type {string} */ ending) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

/** @type {esbuild.BuildOptions} */
const common = { bundle: true, target: "es2022", sourcemap: true, logLevel: "warning" };

/** @type {esbuild.BuildOptions} */
const extension = {
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  format: "cjs",
  platform: "browser",
  // node:http is imported by the loopback flow alone, and only where the host is Node.
  external: ["vscode", "node:http"],
  minify: production,
  sourcemap: !production,
  metafile: true,
};

/** @returns {esbuild.BuildOptions[]} */
const tests = () => [
  {
    ...common,
    // "vscode" is not external here: a runtime import that slips into the pure core fails this build.
    entryPoints: files("test/unit", ".test.ts"),
    outdir: "out/test/unit",
    format: "cjs",
    platform: "node",
  },
  {
    ...common,
    entryPoints: ["test/host/index.ts"],
    outdir: "out/test/host",
    format: "cjs",
    platform: "node",
    external: ["vscode", "mocha", "node:http"],
  },
  {
    ...common,
    entryPoints: ["test/web/index.ts"],
    outdir: "out/test/web",
    format: "cjs",
    platform: "browser",
    external: ["vscode", "node:http"],
  },
  {
    ...common,
    entryPoints: ["test/consumer/extension.ts", "test/consumer/package.json"],
    loader: { ".json": "copy" },
    outdir: "out/consumer",
    format: "cjs",
    platform: "browser",
    external: ["vscode"],
  },
  {
    ...common,
    entryPoints: [...files("test/e2e", ".test.ts"), "test/openrouter/standIn.ts"],
    outbase: "test",
    outdir: "out/test",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    packages: "external",
  },
];

let building = 0;
/**
 * Tells VS Code's watch task when all is built.
 * @type {esbuild.Plugin}
 */
const announce = {
  name: "announce",
  setup(build) {
    build.onStart(() => {
      if (building++ === 0) console.log("[build] started");
    });
    build.onEnd(() => {
      if (--building === 0) console.log("[build] finished");
    });
  },
};

if (flags.has("--watch")) {
  const contexts = await Promise.all(
    [extension, ...tests()].map((options) => esbuild.context({ ...options, plugins: [announce] })),
  );
  await Promise.all(contexts.map((context) => context.watch()));
  console.log("Watching for changes. Ctrl-C ends it.");
} else {
  const { metafile } = await esbuild.build(extension);
  await writeFile("dist/meta.json", JSON.stringify(metafile));
  if (flags.has("--tests")) await Promise.all(tests().map((options) => esbuild.build(options)));
}
