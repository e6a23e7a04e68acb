// Builds and packages what the windows of the tests install. A program, since Playwright's loader slows vsce down.
import { join } from "node:path";
import { runCommand } from "./lifetime.mjs";
import { packageExtensions } from "./package.mjs";
import { root } from "./paths.mjs";
import { packagePseudoLocalized } from "./pseudoPackage.mjs";

// Packaging ours builds it.
await runCommand(process.execPath, [join(root, "esbuild.mjs"), "--test-extensions"], { cwd: root });
await packageExtensions();
await packagePseudoLocalized();
