import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const steps: { id: string; completionEvents: string[] }[] = contributes.walkthroughs.flatMap(
  (walkthrough: { steps: unknown[] }) => walkthrough.steps,
);
const commands = new Set(contributes.commands.map(({ command }: { command: string }) => command));
const settings = new Set(Object.keys(contributes.configuration.properties));

for (const { id, completionEvents } of steps) {
  // It takes the moment at which our settings are registered for such a change, and then ignores the real one. Whether
  // it does is a race at start-up. A context `config.…` has the setting's value at any time.
  test(`walkthrough step ${id}: VS Code can't miss what completes it`, () => {
    assert.ok(completionEvents.length > 0);
    for (const event of completionEvents) assert.doesNotMatch(event, /^onSettingChanged:/);
  });

  test(`walkthrough step ${id}: what completes it exists`, () => {
    for (const event of completionEvents) {
      const [, command] = /^onCommand:(.*)$/.exec(event) ?? [];
      const [, setting] = /^onContext:config\.([\w.]+)/.exec(event) ?? [];
      if (command !== undefined) assert.ok(commands.has(command), command);
      else if (setting !== undefined) assert.ok(settings.has(setting), setting);
      else assert.equal(event, "onContext:connectOpenRouter.connected");
    }
  });
}
