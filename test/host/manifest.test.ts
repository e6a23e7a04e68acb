import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commands, extensions } from "vscode";

describe("Manifest", () => {
  const extension = extensions.getExtension("connect-openrouter.connect-openrouter");
  const read = (name: string) => readFileSync(join(extension?.extensionPath ?? "", name), "utf8");
  const contributed: { command: string; title: string }[] = JSON.parse(read("package.json")).contributes
    .commands;

  it("a command activates the extension, which exports nothing", async () => {
    await commands.executeCommand("connectOpenRouter.showLog");
    equal(extension?.isActive, true);
    equal(extension?.exports, undefined);
  });

  it("every command is registered and has a title", async () => {
    const registered = new Set(await commands.getCommands(true));
    ok(contributed.length > 0);
    for (const { command, title } of contributed) {
      ok(registered.has(command), command);
      ok(title, command);
    }
  });

  it("every text of the manifest is translatable, and none is unused", () => {
    const used = [...read("package.json").matchAll(/"%([\w.]+)%"/g)].map(([, key = ""]) => key);
    const texts: Record<string, string> = JSON.parse(read("package.nls.json"));
    deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
    for (const [key, text] of Object.entries(texts)) ok(text.trim(), key);
  });
});
