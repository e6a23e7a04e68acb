// Builds the extension into dist/, and with --tests the tests into out/test/. With --test-extensions builds only the
// extensions that the tests install beside it.
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
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
const bundle = {
  ...common,
  format: "cjs",
  platform: "browser",
  // Node's modules are imported only in a Node extension host, and by the launcher.
  external: ["vscode", "node:*"],
  logOverride: { "commonjs-variable-in-esm": "silent" },
  minify: production,
  sourcemap: !production,
  metafile: true,
};

/**
 * Resolves the modules that are loaded lazily: `./services`, `./models`, `./tools`, `./spendingPage`, and
 * `./recentSpending`.
 * @param {(name: string) => esbuild.OnResolveResult} result
 * @returns {esbuild.Plugin}
 */
const resolveLazyModules = (result) => ({
  name: "lazy modules",
  setup: ({ onResolve }) =>
    onResolve(
      { filter: /^\.\/(services|models|tools|spendingPage|recentSpending)(\.js)?$/ },
      ({ path, kind }) => (kind === "require-call" ? result(path.replace(/\.js$/, "")) : undefined),
    ),
});

/**
 * Exports what VS Code calls in as few bytes as possible, since start-up loads this file: esbuild's own code for the
 * exports of a module is a tenth of it.
 * @type {esbuild.Plugin}
 */
const plainExports = {
  name: "plain exports",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /src\/extension\.ts$/ }, ({ kind, path }) =>
      kind === "entry-point" ? { path, namespace: "entry" } : undefined,
    );
    onLoad({ filter: /./, namespace: "entry" }, ({ path }) => ({
      contents: `"use strict"; import { activate } from "./${path}"; exports.activate = activate;`,
      resolveDir: ".",
    }));
  },
};

/** @type {esbuild.BuildOptions} */
const forNode = {
  ...bundle,
  entryPoints: [
    "src/extension.ts",
    "src/services.ts",
    "src/models.ts",
    "src/tools.ts",
    "src/spendingPage.ts",
    "src/recentSpending.ts",
    "src/terminal/launcher.ts",
  ],
  outdir: "dist",
  // Compiles dynamic imports to require calls, for which VS Code provides its API.
  supported: { "dynamic-import": false },
  plugins: [plainExports, resolveLazyModules((name) => ({ path: `${name}.js`, external: true }))],
};

/**
 * A web worker extension host can't load a second file, so the others are bundled in, each inside a function.
 * @type {esbuild.BuildOptions}
 */
const forWebWorker = {
  ...bundle,
  entryPoints: ["src/extension.ts"],
  outdir: "dist/web",
  plugins: [plainExports, resolveLazyModules((name) => ({ path: resolve(`dist/${name}.js`) }))],
};

/**
 * Bundles every test file of a folder into one, for the same reason.
 * @type {esbuild.Plugin}
 */
const allTests = {
  name: "allTests",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/allTests$/ }, ({ resolveDir }) => ({
      path: resolveDir,
      namespace: "allTests",
    }));
    onLoad({ filter: /./, namespace: "allTests" }, ({ path }) => ({
      contents: files(path, ".test.ts")
        .map((file) => `import ${JSON.stringify(file)};`)
        .join("\n"),
      resolveDir: path,
    }));
  },
};

/** The fake OpenRouter's, which it loads only to count. It has 2 MB. */
const tokenizer = "gpt-tokenizer/*";

/** @type {esbuild.BuildOptions} */
const testExtensions = {
  ...common,
  entryPoints: ["consumer", "thief", "fakeCline"].flatMap((name) => [
    `test/${name}/extension.ts`,
    `test/${name}/package.json`,
  ]),
  loader: { ".json": "copy" },
  outbase: "test",
  outdir: "out",
  format: "cjs",
  platform: "browser",
  external: ["vscode"],
};

/** @returns {esbuild.BuildOptions[]} */
const tests = () => [
  testExtensions,
  {
    ...common,
    // "vscode" is not external here, so a runtime import of it in a folder that must not use VS Code fails the build.
    entryPoints: ["unit", "repo", "fakeOpenRouter"].flatMap((folder) => files(`test/${folder}`, ".test.ts")),
    outbase: "test",
    outdir: "out/test",
    format: "cjs",
    platform: "node",
    external: [tokenizer],
  },
  {
    ...common,
    entryPoints: files("test/host", ".test.ts"),
    outbase: "test",
    outdir: "out/test",
    format: "cjs",
    platform: "node",
    external: ["vscode", "mocha", "node:*", tokenizer],
  },
  {
    ...common,
    entryPoints: ["test/web/index.ts"],
    outdir: "out/test/web",
    format: "cjs",
    platform: "browser",
    external: ["vscode", "node:*"],
    plugins: [allTests],
  },
  {
    ...common,
    entryPoints: [
      ...["empty", "hollow", "probe"].flatMap((name) => [
        `test/bench/${name}/extension.ts`,
        `test/bench/${name}/package.json`,
      ]),
    ],
    loader: { ".json": "copy" },
    outdir: "out/bench",
    format: "cjs",
    platform: "node",
    external: ["vscode"],
  },
  {
    ...common,
    entryPoints: [
      ...["audit", "commandLineTools"].flatMap((folder) => files(`test/${folder}`, ".test.ts")),
      ...["fakeOpenRouter", "streamFaults", "chatProblems"].map((name) => `test/fakeOpenRouter/${name}.ts`),
      ...["idle", "counting", "spending", "streaming", "streamServer"].map((name) => `test/bench/${name}.ts`),
    ],
    outbase: "test",
    outdir: "out/test",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    packages: "external",
  },
];

/** The licences of the bundled packages, which require that they are distributed with the code. */
function notices(/** @type {esbuild.Metafile["inputs"]} */ inputs) {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
  });
  return `dist contains parts of these packages.\n\n${texts.join("\n---\n\n")}`;
}

let building = 0;
/**
 * Tells VS Code's watch task when a build starts and when everything is built.
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

if (flags.has("--test-extensions")) await esbuild.build(testExtensions);
else await buildAll();

async function buildAll() {
  const { metafile } = await esbuild.build(forNode);
  await writeFile("dist/meta.json", JSON.stringify(metafile));
  await writeFile("dist/THIRD-PARTY-NOTICES.txt", notices(metafile?.inputs ?? {}));
  if (flags.has("--watch")) {
    const contexts = await Promise.all(
      [forNode, forWebWorker, ...tests()].map((options) =>
        esbuild.context({ ...options, plugins: [...(options.plugins ?? []), announce] }),
      ),
    );
    await Promise.all(contexts.map((context) => context.watch()));
    console.log("Watching for changes. Ctrl-C stops it.");
  } else {
    const others = [forWebWorker, ...(flags.has("--tests") ? tests() : [])];
    await Promise.all(others.map((options) => esbuild.build(options)));
  }
}
