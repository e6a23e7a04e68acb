import { defineConfig } from "@playwright/test";

// The end-to-end tests, in windows of VS Code's server. The tests in a desktop window have a configuration of their own
// in test/desktop.
export default defineConfig({
  testDir: "test/e2e",
  globalSetup: ["./test/e2e/packageSetup.ts", "./test/e2e/serverSetup.ts"],
  outputDir: "out/e2e",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A test that needed the second try is named at the end of the run: a bug to fix next.
  retries: process.env.CI ? 1 : 0,
  // For a machine three times slower than usual: nothing waits longer than it must, so only a failure takes longer.
  timeout: 300_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000, intervals: [100] } },
  reporter: [
    ["list"],
    ["html", { outputFolder: "out/e2e-report", open: "never" }],
    ["json", { outputFile: "out/e2e-results.json" }],
  ],
  use: {
    actionTimeout: 60_000,
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
    // Otherwise code-server compresses VS Code's 19 MB anew for each window.
    extraHTTPHeaders: { "Accept-Encoding": "identity" },
    // Recording every test would take half as long again. For one: --trace on
    trace: "on-first-retry",
    video: "off",
    screenshot: "only-on-failure",
  },
});
