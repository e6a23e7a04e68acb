// npm run package: creates connect-openrouter.vsix, to install or to publish.
//   npm run package -- --tag v1.2.3 --repository https://github.com/owner/name
// creates the package to publish for that tag: its manifest names the repository, and its pictures and links point
// to the tag. The repository's URL is only given here, so that a fork's package names the fork.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled } from "../test/tools/npm.mjs";
import { root } from "../test/tools/paths.mjs";
import { maximumBytes } from "./packageLimit.mjs";
import { releaseManifest, releaseNotes } from "./release.mjs";

const { values } = parseArgs({ options: { tag: { type: "string" }, repository: { type: "string" } } });
const packagePath = join(root, "connect-openrouter.vsix");
const manifestPath = join(root, "package.json");
const manifest = readFileSync(manifestPath, "utf8");

if (values.tag) {
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  const notes = releaseNotes(changelog, values.tag, JSON.parse(manifest).version);
  mkdirSync(join(root, "out"), { recursive: true });
  writeFileSync(join(root, "out/release-notes.md"), notes);
}
await ensureInstalled();
const { createVSIX } = await import("@vscode/vsce");
try {
  if (values.repository) writeFileSync(manifestPath, releaseManifest(manifest, values.repository));
  const source = values.repository;
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    ...(source
      ? {
          baseContentUrl: `${source}/blob/${values.tag ?? "HEAD"}`,
          baseImagesUrl: `${source}/raw/${values.tag ?? "HEAD"}`,
        }
      : { allowMissingRepository: true, rewriteRelativeLinks: false }),
  });
} finally {
  writeFileSync(manifestPath, manifest);
}
const { size } = statSync(packagePath);
if (size > maximumBytes) throw new Error(`The package has ${size} bytes, more than ${maximumBytes}.`);
