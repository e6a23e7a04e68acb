/** How many tests ran and how they ended. */
export interface TestsResult {
  files: string[];
  passed: number;
  failed: number;
  skipped: number;
  failures: { title: string; message: string }[];
}

/** Loads the test files, with `describe` and `it` being global by then, and runs them. */
export async function runMocha(
  mocha: Pick<Mocha, "run">,
  testFiles: Record<string, () => Promise<unknown>>,
): Promise<TestsResult> {
  for (const load of Object.values(testFiles)) await load();
  const files = Object.keys(testFiles);
  const result: TestsResult = { files, passed: 0, failed: 0, skipped: 0, failures: [] };
  await new Promise<void>((ended) => {
    mocha
      .run(() => ended())
      .on("pass", () => result.passed++)
      .on("pending", () => result.skipped++)
      .on("fail", (test, error) => {
        result.failed++;
        result.failures.push({ title: test.fullTitle(), message: error.stack ?? String(error) });
      });
  });
  return result;
}
