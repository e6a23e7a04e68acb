import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { releaseManifest, releaseNotes } from "../../scripts/release.mjs";

const manifest = readFileSync("package.json", "utf8");
const { version } = JSON.parse(manifest);
const changelog = readFileSync("CHANGELOG.md", "utf8");

test("the changelog has the manifest's version, and a place for what comes next above it", () => {
  assert.ok(releaseNotes(changelog, `v${version}`, version));
  const [first, second] = [...changelog.matchAll(/^## .*$/gm)].map(([heading]) => heading);
  assert.equal(first, "## [Unreleased]");
  assert.match(second ?? "", new RegExp(`^## \\[${version}\\] - `));
});

test("no release of a tag that package.json or the changelog doesn't know", () => {
  const text =
    "# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.1.0] - 2026-01-02\n\n- now\n\n## [1.0.0]\n\n- undated\n";
  assert.equal(releaseNotes(text, "v1.1.0", "1.1.0"), "- now\n");
  assert.throws(() => releaseNotes(text, "v1.1.1", "1.1.0"), /The tag is v1\.1\.1/);
  assert.throws(() => releaseNotes(text, "1.1.0", "1.1.0"), /The tag is 1\.1\.0/);
  assert.throws(() => releaseNotes(text, "v1.0.0", "1.0.0"), /no heading/);
  assert.throws(() => releaseNotes(text, "v2.0.0", "2.0.0"), /no heading/);
  assert.throws(() => releaseNotes("## [1.0.0] - 2026-01-02\n\n", "v1.0.0", "1.0.0"), /says nothing/);
});

test("the package that is published tells where its source is, and the repository's own names no place", () => {
  const { repository, bugs, homepage, ...rest } = JSON.parse(
    releaseManifest(manifest, "https://example.org/owner/name.git"),
  );
  assert.deepEqual(rest, JSON.parse(manifest));
  assert.equal(repository.url, "https://example.org/owner/name.git");
  assert.equal(bugs.url, "https://example.org/owner/name/issues");
  assert.equal(homepage, "https://example.org/owner/name#readme");
  assert.throws(() => releaseManifest(manifest, "git@example.org:owner/name"), /Not a repository/);
});

interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; steps?: { uses?: string; run?: string }[] }>;
}
const workflow = (name: string) => readFileSync(`.github/workflows/${name}`, "utf8");

test("workflows take every action by a full commit, and say which version that is", () => {
  for (const name of readdirSync(".github/workflows")) {
    const uses = [...workflow(name).matchAll(/\buses: (.*)$/gm)].map(([, used = ""]) => used);
    assert.ok(uses.length > 0);
    for (const used of uses) {
      assert.match(
        used,
        /^(?:[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/workflows\/\S+)$/,
        name,
      );
    }
  }
});

test("the release asks for the least that each job needs, and no step gets a secret beside the one that publishes", () => {
  const text = workflow("release.yml");
  const { permissions, jobs }: Workflow = parse(text);
  assert.deepEqual(permissions, {});
  const writes = Object.entries(jobs).flatMap(([job, { permissions = {} }]) =>
    Object.entries(permissions).flatMap(([name, access]) => (access === "write" ? [`${job}: ${name}`] : [])),
  );
  assert.deepEqual(writes, ["package: id-token", "package: attestations", "github: contents"]);
  for (const [job, { permissions }] of Object.entries(jobs))
    assert.ok(permissions, `${job} says what it needs`);
  const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name);
  assert.deepEqual(secrets, ["VSCE_PAT", "OVSX_PAT"]);
  // A name in an expression would be run as a part of the script (GitHub's "script injection").
  for (const { steps = [] } of Object.values(jobs)) {
    for (const { run = "" } of steps) assert.doesNotMatch(run, /\$\{\{/);
  }
});

test("forms for issues are forms, and warn against keys", () => {
  const folder = ".github/ISSUE_TEMPLATE";
  const forms = readdirSync(folder).filter((name) => name !== "config.yml");
  assert.deepEqual(forms, ["bug.yml", "feature.yml"]);
  for (const name of forms) {
    const { body, description } = parse(readFileSync(`${folder}/${name}`, "utf8"));
    assert.ok(description);
    assert.match(body[0].attributes.value, /Never paste an API key/);
    const ids = body.slice(1).map(({ id, type, attributes }: Record<string, { label?: string }>) => {
      assert.ok(type && attributes);
      return id;
    });
    assert.equal(new Set(ids).size, ids.length);
    if (name === "bug.yml") {
      for (const id of [
        "version",
        "editor",
        "editor-version",
        "remote",
        "system",
        "keyring",
        "flow",
        "log",
      ]) {
        assert.ok(ids.includes(id), id);
      }
    }
  }
  assert.equal(parse(readFileSync(`${folder}/config.yml`, "utf8")).blank_issues_enabled, false);
});
