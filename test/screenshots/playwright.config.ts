import { defineConfig } from "@playwright/test";

// npm run screenshots: takes the pictures of the README and of the walkthrough again, in the windows of the end-to-end tests.
export default defineConfig({
  globalSetup: "../e2e/packageSetup.ts",
  outputDir: "../../out/screenshots",
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 60_000, toPass: { timeout: 60_000, intervals: [100] } },
  use: { actionTimeout: 60_000, screenshot: "only-on-failure" },
});
