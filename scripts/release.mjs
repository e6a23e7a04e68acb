// What a release needs besides the package: checked and made from what is in the repository.

/**
 * The part of the changelog about a version.
 * @param {string} changelog
 * @param {string} tag
 * @param {string} version the manifest's
 * @returns {string} throws where the tag, the manifest and the changelog don't tell of the same version
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
 * The manifest with the places where its source is and problems are reported.
 * @param {string} manifest
 * @param {string} repository such as `https://github.com/owner/name`
 */
export function releaseManifest(manifest, repository) {
  const url = repository.replace(/\/$|\.git$/g, "");
  if (!/^https:\/\/[^/]+\/[^/]+\/[^/]+$/.test(url))
    throw new Error(`Not a repository's address: ${repository}`);
  const places = {
    repository: { type: "git", url: `${url}.git` },
    homepage: `${url}#readme`,
    bugs: { url: `${url}/issues` },
  };
  return `${JSON.stringify({ ...JSON.parse(manifest), ...places }, undefined, 2)}\n`;
}
