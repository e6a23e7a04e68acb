import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { root } from "./paths.mjs";

/** Where the packaged extensions are: ours, and the one that reads its key. */
export const packages = {
  extension: join(root, "out/connect-openrouter.vsix"),
  consumer: join(root, "out/consumer.vsix"),
};

/** Where esbuild puts the one that reads the key. */
export const consumerFolder = join(root, "out/consumer");

/** What the bench compares ours with, and what measures. */
export const benchPackages = {
  empty: join(root, "out/empty.vsix"),
  hollow: join(root, "out/hollow.vsix"),
  github: join(root, "out/github-authentication.vsix"),
  probe: join(root, "out/probe.vsix"),
};

/** Packages the extensions as their users get them. */
export async function packageExtensions() {
  await packVsix(root, packages.extension);
  await packVsix(consumerFolder, packages.consumer);
}

/** @param {string} extensions those that come with VS Code */
export async function packageBench(extensions) {
  await packVsix(twin(join(extensions, "github-authentication")), benchPackages.github);
  for (const name of /** @type {const} */ (["empty", "hollow", "probe"])) {
    await packVsix(join(root, "out/bench", name), benchPackages[name]);
  }
}

/**
 * A copy, under another name, that is activated by nothing.
 * @param {string} extension
 */
function twin(extension) {
  const folder = join(root, "out/bench", basename(extension));
  cpSync(extension, folder, { recursive: true });
  const file = join(folder, "package.json");
  const { browser, contributes, enabledApiProposals, ...manifest } = JSON.parse(readFileSync(file, "utf8"));
  const { configuration } = contributes;
  const ours = { publisher: "connect-openrouter-tests", contributes: { configuration } };
  writeFileSync(file, JSON.stringify({ ...manifest, ...ours }));
  return folder;
}

/**
 * @param {string} cwd the extension's folder
 * @param {string} packagePath
 */
export const packVsix = (cwd, packagePath) =>
  createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    // Without a repository there is no address that the README's pictures could be given.
    rewriteRelativeLinks: false,
    skipLicense: true,
    // The search for secrets takes 5 s. `npm run package` does it.
    allowPackageAllSecrets: true,
  });
