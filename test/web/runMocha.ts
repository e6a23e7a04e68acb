/** How many tests ran, and their results. */
export interface TestsResult {
  files: string[];
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

/** Loads the test files, which need global `describe` and `it`, and runs them. */
export async function runMocha(
  mocha: Pick<Mocha, "run">,
  testFiles: Record<string, () => Promise<unknown>>,
): Promise<TestsResult> {
  for (const load of Object.values(testFiles)) await load();
  const files = Object.keys(testFiles);
  const result: TestsResult = { files, passed: 0, failed: 0, skipped: 0, failures: [] };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on("pass", () => result.passed++)
      .on("pending", () => result.skipped++)
      .on("fail", (test, error) => {
        result.failed++;
        result.failures.push({ title: test.fullTitle(), message: error.stack ?? String(error) });
      });
  });
  return result;
}
