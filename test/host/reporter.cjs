// Mocha's usual reporter. It also writes the counts to a file for the runner: VS Code's exit code doesn't tell how many
// tests ran, and is 0 for an extension host that was killed.
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

module.exports = class extends reporters.Spec {
  /**
   * @param {import("mocha").Runner} runner
   * @param {import("mocha").MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    const { HOST_TESTS_RESULT } = process.env;
    if (!HOST_TESTS_RESULT) return;
    runner.once("end", () => writeFileSync(HOST_TESTS_RESULT, JSON.stringify(this.stats)));
  }
};
