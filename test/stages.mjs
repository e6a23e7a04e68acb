// What `npm test` does, one stage after the other. Each tells how many tests passed and failed.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./tools/lifetime.mjs";
import { runNodeTests } from "./tools/nodeTests.mjs";
import { root } from "./tools/paths.mjs";

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} [unavailable] why nothing could be run here
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {boolean} [needsBuild]
 * @property {(only: string) => Promise<Outcome>} run `only` is part of the names of the test files to run
 */

/** @type {Stage[]} */
export const stages = [
  {
    name: "types",
    run: () => tools(["typescript/bin/tsc", "-p", "."], ["typescript/bin/tsc", "-p", "test"]),
  },
  {
    name: "lint",
    // Biome would colour a file as well.
    run: () =>
      tools(
        ["@biomejs/biome/bin/biome", "ci", ...(process.stdout.isTTY ? [] : ["--colors=off"]), "."],
        ["../scripts/l10n.mjs", "--check"],
      ),
  },
  {
    name: "build",
    run: async () => {
      // A test whose source is gone must not run.
      for (const folder of ["dist", "out/test"]) rmSync(join(root, folder), { recursive: true, force: true });
      return tools(["../esbuild.mjs", "--production", "--tests"]);
    },
  },
  {
    name: "unit",
    needsBuild: true,
    run: (only) =>
      runNodeTests(["unit", "repo", "fakeOpenRouter"], only, { concurrency: true, timeout: 60_000 }),
  },
  {
    name: "host",
    needsBuild: true,
    run: async () => {
      const { runHostTests } = await import("./tools/hostTests.mjs");
      await keepEvidence("host");
      return runHostTests();
    },
  },
  {
    name: "web",
    needsBuild: true,
    run: async () => {
      const { runWebTests } = await import("./tools/webTests.mjs");
      await keepEvidence("web");
      return runWebTests();
    },
  },
  {
    name: "e2e",
    needsBuild: true,
    run: async (only) => {
      const { codeServerIsAvailable } = await import("./tools/codeServer.mjs");
      if (!codeServerIsAvailable) {
        const unavailable = `code-server, whose window the tests drive, does not run on ${process.platform}`;
        return { passed: 0, failed: 0, skipped: 1, unavailable };
      }
      const { packageExtensions } = await import("./tools/package.mjs");
      await keepEvidence("e2e");
      await packageExtensions();
      return runNodeTests(["e2e"], only, { concurrency: false, timeout: 600_000 });
    },
  },
  {
    name: "audit",
    needsBuild: true,
    // The evidence is that of the stages above as they were run last, whatever files the others are to run.
    run: () => runNodeTests(["audit"], "", { concurrency: false, timeout: 120_000 }),
  },
];

/** @param {string} stage */
async function keepEvidence(stage) {
  const { startEvidence } = await import("./audit/evidence.mjs"); // which needs what was installed
  startEvidence(stage);
}

/**
 * Runs command-line tools, which count as one test. All of them run, even if one fails.
 * @param {string[][]} commands each a script in node_modules and its arguments
 * @returns {Promise<Outcome>}
 */
async function tools(...commands) {
  let failed = 0;
  for (const [script = "", ...args] of commands) {
    const command = [join(root, "node_modules", script), ...args];
    await runCommand(process.execPath, command, { cwd: root }).catch((error) => {
      console.error(error.message);
      failed = 1;
    });
  }
  return { passed: 1 - failed, failed, skipped: 0 };
}
