// A reporter of node:test for Stryker: TAP with nothing but the results. Node's own has several lines for each test,
// and --test-force-exit cuts what is still to be written, so that a file with 200 tests counts as failed.

/**
 * @param {AsyncIterable<import("node:test/reporters").TestEvent>} source
 * @returns {AsyncGenerator<string>}
 */
export default async function* shortTap(source) {
  yield "TAP version 14\n";
  let count = 0;
  for await (const { type, data } of source) {
    if (type === "test:pass" && data.nesting === 0) yield `ok ${++count}\n`;
    if (type === "test:fail" && data.nesting === 0) yield `not ok ${++count}\n`;
    if (type === "test:plan" && data.nesting === 0) yield `1..${data.count}\n`;
  }
}
