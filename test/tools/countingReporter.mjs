// A reporter for `node --test` that prints nothing but what `npm test` counts, as JSON.
import { resolve } from "node:path";

/**
 * @param {AsyncIterable<import("node:test/reporters").TestEvent>} source
 * @returns {AsyncGenerator<string>}
 */
export default async function* countingReporter(source) {
  const isFiltered = process.execArgv.some((arg) => /^--test-(name-pattern|skip-pattern|only)/.test(arg));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const isSuite = data.details.type === "suite";
    if (type === "test:pass" && isSuite) continue;
    // A suite that failed only since its tests did.
    if (isSuite && Object(Reflect.get(data.details, "error")).failureType === "subtestsFailed") continue;
    if (data.skip !== undefined || data.todo !== undefined) counts.skipped++;
    else if (type === "test:fail") counts.failed++;
    // A file without tests, or without any that were asked for.
    else if (data.file === resolve(data.name)) counts.failed += isFiltered ? 0 : 1;
    else counts.passed++;
  }
  yield JSON.stringify(counts);
}
