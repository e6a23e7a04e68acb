import { runCommand } from "../tools/lifetime.mjs";
import { root } from "../tools/paths.mjs";

/** Builds and packages what the windows install, so that the tests never run on an old build. */
export default (): Promise<void> =>
  runCommand(process.execPath, ["test/tools/packageForTests.mjs"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
