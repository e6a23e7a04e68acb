import { defineConfig } from "@playwright/test";

// npm run test:desktop: a sign-in in a window of the desktop VS Code. CI runs it on each system.
export default defineConfig({
  globalSetup: "../e2e/packageSetup.ts",
  outputDir: "../../out/desktop",
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  timeout: 180_000,
  expect: { timeout: 30_000, toPass: { timeout: 60_000, intervals: [100] } },
  reporter: [["list"], ["html", { outputFolder: "../../out/desktop-report", open: "never" }]],
  use: { actionTimeout: 30_000, trace: "retain-on-failure", screenshot: "only-on-failure" },
});
