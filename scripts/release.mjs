// The release notes and the manifest of a release.

/**
 * The changelog's section about a version.
 * @param {string} changelog
 * @param {string} tag
 * @param {string} version the manifest's
 * @returns {string} throws if the tag, the manifest and the changelog don't have the same version
 */
export function releaseNotes(changelog, tag, version) {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json says version ${version}.`);
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((text) => text.startsWith(`## [${version}] - `));
  const [heading = "", ...lines] = section?.split("\n") ?? [];
  if (!/ - \d{4}-\d\d-\d\d$/.test(heading)) {
    throw new Error(`CHANGELOG.md has no heading "## [${version}] - year-month-day".`);
  }
  const notes = lines.join("\n").trim();
  if (!notes) throw new Error(`CHANGELOG.md says nothing about ${version}.`);
  return `${notes}\n`;
}

/**
 * The manifest, with the URLs of its source and its issues.
 * @param {string} manifest
 * @param {string} repository such as `https://github.com/owner/name`
 */
export function releaseManifest(manifest, repository) {
  const url = repository.replace(/\/$|\.git$/g, "");
  if (!/^https:\/\/[^/]+\/[^/]+\/[^/]+$/.test(url))
    throw new Error(`Not the URL of a repository: ${repository}`);
  const urls = {
    repository: { type: "git", url: `${url}.git` },
    homepage: `${url}#readme`,
    bugs: { url: `${url}/issues` },
  };
  return `${JSON.stringify({ ...JSON.parse(manifest), ...urls }, undefined, 2)}\n`;
}
