// The host tests, for @vscode/test-cli: `npm test -- host`, F5, and VS Code's Testing view. Looks nothing up, since the
// view loads it often: `npm test` sets VSCODE_EXECUTABLE, and otherwise VS Code is downloaded.
import { join } from "node:path";
import { defineConfig } from "@vscode/test-cli";

const { HOST_TESTS_FOLDER: folder, VSCODE_EXECUTABLE: executable, VSCODE_VERSION: version, CI } = process.env;

export default defineConfig({
  label: "host",
  // One of them looks at the extension before anything has activated it.
  files: ["out/test/host/extension.test.js", "out/test/host/**/*.test.js"],
  ...(version && { version }),
  ...(executable && { useInstallation: { fromPath: executable } }),
  // A workspace that tries to change settings that it must not.
  workspaceFolder: "test/fixtures/hostileWorkspace/hostile.code-workspace",
  launchArgs: [
    ...["--disable-extensions", "--password-store=basic", "--log=trace"],
    ...(folder
      ? [`--user-data-dir=${join(folder, "user-data")}`, `--extensions-dir=${join(folder, "extensions")}`]
      : []),
  ],
  // No reporter: it would replace the one of the Testing view.
  mocha: { ui: "bdd", timeout: 10_000, forbidOnly: Boolean(CI) },
});
