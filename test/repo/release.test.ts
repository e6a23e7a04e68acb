import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { releaseManifest, releaseNotes } from "../../scripts/release.mjs";

const manifest = readFileSync("package.json", "utf8");
const { version } = JSON.parse(manifest);
const changelog = readFileSync("CHANGELOG.md", "utf8");

test("the changelog has the manifest's version, below the unreleased changes", () => {
  assert.ok(releaseNotes(changelog, `v${version}`, version));
  const [first, second] = [...changelog.matchAll(/^## .*$/gm)].map(([heading]) => heading);
  assert.equal(first, "## [Unreleased]");
  assert.match(second ?? "", new RegExp(`^## \\[${version}\\] - `));
});

test("a tag that doesn't match package.json or the changelog isn't released", () => {
  const text =
    "# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.1.0] - 2026-01-02\n\n- now\n\n## [1.0.0]\n\n- undated\n";
  assert.equal(releaseNotes(text, "v1.1.0", "1.1.0"), "- now\n");
  assert.throws(() => releaseNotes(text, "v1.1.1", "1.1.0"), /The tag is v1\.1\.1/);
  assert.throws(() => releaseNotes(text, "1.1.0", "1.1.0"), /The tag is 1\.1\.0/);
  assert.throws(() => releaseNotes(text, "v1.0.0", "1.0.0"), /no heading/);
  assert.throws(() => releaseNotes(text, "v2.0.0", "2.0.0"), /no heading/);
  assert.throws(() => releaseNotes("## [1.0.0] - 2026-01-02\n\n", "v1.0.0", "1.0.0"), /says nothing/);
});

test("the published manifest names its repository, and the one in the repository doesn't", () => {
  const { repository, bugs, homepage, ...rest } = JSON.parse(
    releaseManifest(manifest, "https://example.org/owner/name.git"),
  );
  assert.deepEqual(rest, JSON.parse(manifest));
  assert.equal(repository.url, "https://example.org/owner/name.git");
  assert.equal(bugs.url, "https://example.org/owner/name/issues");
  assert.equal(homepage, "https://example.org/owner/name#readme");
  assert.throws(() => releaseManifest(manifest, "git@example.org:owner/name"), /Not the URL of a repository/);
});

interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; steps?: { uses?: string; run?: string }[] }>;
}
const workflow = (name: string) => readFileSync(`.github/workflows/${name}`, "utf8");

test("workflows pin every action to a full commit, and name its version", () => {
  for (const name of readdirSync(".github/workflows")) {
    const uses = [...workflow(name).matchAll(/\buses: (.*)$/gm)].map(([, action = ""]) => action);
    assert.ok(uses.length > 0);
    for (const action of uses) {
      assert.match(
        action,
        /^(?:[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/workflows\/\S+)$/,
        name,
      );
    }
  }
});

test("the release jobs have minimal permissions, and only the publishing steps get a secret", () => {
  const text = workflow("release.yml");
  const { permissions, jobs }: Workflow = parse(text);
  assert.deepEqual(permissions, {});
  const writes = Object.entries(jobs).flatMap(([job, { permissions = {} }]) =>
    Object.entries(permissions).flatMap(([name, access]) => (access === "write" ? [`${job}: ${name}`] : [])),
  );
  assert.deepEqual(writes, ["package: id-token", "package: attestations", "github: contents"]);
  for (const [job, { permissions }] of Object.entries(jobs))
    assert.ok(permissions, `${job} has no permissions`);
  const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name);
  assert.deepEqual(secrets, ["VSCE_PAT", "OVSX_PAT"]);
  // A value in an expression would become part of the script (GitHub's "script injection").
  for (const { steps = [] } of Object.values(jobs)) {
    for (const { run = "" } of steps) assert.doesNotMatch(run, /\$\{\{/);
  }
});

test("issue forms are valid, and warn against pasting keys", () => {
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
