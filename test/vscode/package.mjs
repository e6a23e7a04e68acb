import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { root } from "./paths.mjs";

/** Where the packaged extensions are: ours, and the one that reads its key. */
export const packages = {
  extension: join(root, "out/connect-openrouter.vsix"),
  consumer: join(root, "out/consumer.vsix"),
};

/** Where esbuild puts the one that reads the key. */
export const consumerFolder = join(root, "out/consumer");

/** Packages the extensions as their users get them. */
export async function packageExtensions() {
  const options = {
    dependencies: false,
    allowMissingRepository: true,
    // Without a repository there is no address that the README's pictures could be given.
    rewriteRelativeLinks: false,
    skipLicense: true,
    // The search for secrets takes 5 s. `npm run package` does it.
    allowPackageAllSecrets: true,
  };
  await createVSIX({ ...options, cwd: root, packagePath: packages.extension });
  await createVSIX({ ...options, cwd: consumerFolder, packagePath: packages.consumer });
}
