import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { root } from "./paths.mjs";

/** The paths of the packaged extensions: ours, and the consumer that reads its key. */
export const packages = {
  extension: join(root, "out/connect-openrouter.vsix"),
  consumer: join(root, "out/consumer.vsix"),
  /** An extension that looks for the key in terminals. */
  thief: join(root, "out/thief.vsix"),
  /** An extension with Cline's id, which signs in as Cline does. */
  fakeCline: join(root, "out/fakeCline.vsix"),
  /** Ours with a translation to a language with longer texts. */
  pseudoLocalized: join(root, "out/pseudo.vsix"),
};

/** Where esbuild puts the consumer extension. */
export const consumerFolder = join(root, "out/consumer");

/** The extensions that the bench compares ours with, and the probe that measures. */
export const benchPackages = {
  empty: join(root, "out/empty.vsix"),
  hollow: join(root, "out/hollow.vsix"),
  github: join(root, "out/github-authentication.vsix"),
  probe: join(root, "out/probe.vsix"),
};

/** Packages the extensions as users install them. */
export async function packageExtensions() {
  await packVsix(root, packages.extension);
  await packVsix(consumerFolder, packages.consumer);
  await packVsix(join(root, "out/thief"), packages.thief);
  await packVsix(join(root, "out/fakeCline"), packages.fakeCline);
}

/** @param {string} extensions the folder of VS Code's built-in extensions */
export async function packageBench(extensions) {
  await packVsix(copyWithoutActivation(join(extensions, "github-authentication")), benchPackages.github);
  for (const name of /** @type {const} */ (["empty", "hollow", "probe"])) {
    await packVsix(join(root, "out/bench", name), benchPackages[name]);
  }
}

/**
 * Creates a copy with another publisher that nothing activates, since it contributes only its configuration.
 * @param {string} extension
 */
function copyWithoutActivation(extension) {
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
    // Without a repository, the README's pictures can't get absolute URLs.
    rewriteRelativeLinks: false,
    skipLicense: true,
    // Skips the search for secrets, which takes 5 s. `npm run package` does it.
    allowPackageAllSecrets: true,
  });
