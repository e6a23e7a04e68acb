import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";

interface LockedPackage {
  readonly dev?: true;
  readonly hasInstallScript?: true;
  readonly integrity?: string;
  readonly resolved?: string;
}

interface Job {
  readonly steps?: {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
  }[];
}

const read = (path: string) => readFileSync(path, "utf8");
const dependencies = Object.keys(JSON.parse(read("package.json")).dependencies).sort();
const locked = Object.entries<LockedPackage>(JSON.parse(read("package-lock.json")).packages).filter(
  ([path]) => path !== "",
);
/** The files in the bundle. */
const bundled = Object.keys(JSON.parse(read("dist/meta.json")).inputs);
const bundledPackages = [
  ...new Set(bundled.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [])),
].sort();

test("the bundle consists of our sources and the dependencies, all of them and nothing else", () => {
  assert.deepEqual(bundledPackages, dependencies);
  const others = bundled.filter((path) => !/^(entry:\.\/)?(src|node_modules)\//.test(path));
  assert.deepEqual(others, []);
});

test("the dependencies have no dependencies of their own, and no install scripts", () => {
  const runtime = locked.filter(([, { dev }]) => !dev);
  assert.deepEqual(
    runtime.map(([path]) => path),
    dependencies.map((name) => `node_modules/${name}`),
  );
  for (const [path, { hasInstallScript }] of runtime) assert.equal(hasInstallScript, undefined, path);
});

test("every package is locked with its hash, and comes from the npm registry", () => {
  assert.ok(locked.length > 100);
  for (const [path, { integrity, resolved = "https://registry.npmjs.org/" }] of locked) {
    assert.match(integrity ?? "", /^sha512-/, path);
    assert.equal(new URL(resolved).origin, "https://registry.npmjs.org", path);
  }
});

test("the notices contain the full licence of every package in the bundle", () => {
  const notices = read("dist/THIRD-PARTY-NOTICES.txt");
  for (const name of bundledPackages) {
    const folder = `node_modules/${name}`;
    const { version, license } = JSON.parse(read(`${folder}/package.json`));
    const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate));
    assert.ok(file, `${name} has no licence`);
    assert.ok(notices.includes(`${name} ${version} (${license})`), name);
    assert.ok(notices.includes(read(`${folder}/${file}`).trim()), `${name}: ${file}`);
  }
});

// For pinned actions and the release's write permissions see release.test.ts.
for (const name of readdirSync(".github/workflows")) {
  const text = read(`.github/workflows/${name}`);

  test(`${name}: only the release may do more than read the repository`, () => {
    const { permissions } = parse(text);
    assert.ok(permissions, "without them, the repository's defaults would apply");
    assert.deepEqual({ contents: "read", ...permissions }, { contents: "read" });
    if (name !== "release.yml") assert.doesNotMatch(text, /: write\b/);
    assert.doesNotMatch(text, /\b(read|write)-all\b/);
  });

  test(`${name}: no token is left where later steps could read it`, () => {
    const jobs: Job[] = Object.values(parse(text).jobs);
    for (const step of jobs.flatMap(({ steps = [] }) => steps)) {
      if (step.uses?.startsWith("actions/checkout@")) assert.equal(step.with?.["persist-credentials"], false);
    }
  });
}

test("CI checks npm advisories for the shipped dependencies", () => {
  const { audit }: Record<string, Job> = parse(read(".github/workflows/ci.yml")).jobs;
  assert.ok(audit?.steps?.some(({ run }) => run === "npm audit --omit=dev"));
});
