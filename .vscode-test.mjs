import { join } from "node:path";
import { defineConfig } from "@vscode/test-cli";
import { hostInstallation } from "./test/tools/desktop.mjs";

const { HOST_TESTS_FOLDER: folder, VSCODE_VERSION: version, CI } = process.env;

// `npm test -- host` runs them with a profile that the audit searches. F5 and the Testing view run them, too.
export default defineConfig({
  label: "host",
  // One of them looks at the extension before anything has activated it.
  files: ["out/test/host/extension.test.js", "out/test/host/**/*.test.js"],
  version,
  useInstallation: await hostInstallation(),
  // A workspace that tries to change settings that it must not.
  workspaceFolder: "test/fixtures/hostileWorkspace/hostile.code-workspace",
  launchArgs: [
    ...["--disable-extensions", "--password-store=basic", "--log=trace"],
    ...(folder
      ? [`--user-data-dir=${join(folder, "user-data")}`, `--extensions-dir=${join(folder, "extensions")}`]
      : []),
  ],
  mocha: {
    ui: "bdd",
    timeout: 10_000,
    forbidOnly: Boolean(CI),
    reporter: join(import.meta.dirname, "test/host/reporter.cjs"),
  },
});
