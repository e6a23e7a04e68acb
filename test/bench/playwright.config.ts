import { defineConfig } from "@playwright/test";

// npm run bench: measures in a window like those of the end-to-end tests. scripts/bench.mjs packages what it needs.
export default defineConfig({
  outputDir: "../../out/bench-results",
  workers: 1,
  timeout: 0,
  expect: { timeout: 20_000, toPass: { timeout: 30_000, intervals: [100] } },
  use: { actionTimeout: 20_000, viewport: { width: 1280, height: 800 } },
});
