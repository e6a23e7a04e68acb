import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const steps: { id: string; completionEvents: string[] }[] = contributes.walkthroughs.flatMap(
  (walkthrough: { steps: unknown[] }) => walkthrough.steps,
);
const source = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => readFileSync(join("src", path), "utf8"))
  .join("\n");

// A command that was run may have been canceled, and VS Code may miss the change of a setting. So a step is ticked by a
// context key, which the code sets once the step's thing was done.
for (const { id, completionEvents } of steps) {
  test(`walkthrough step ${id}: ticked once it was really done`, () => {
    assert.deepEqual(completionEvents, [`onContext:connectOpenRouter.done.${id}`]);
    assert.match(source, new RegExp(`\\bticked\\([^;]*"${id}"`));
  });
}
