import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openWindow } from "./window";

const texts = (file: string): Record<string, string> => JSON.parse(readFileSync(file, "utf8"));

for (const language of ["de", "es", "ja", "zh-cn"]) {
  test(`the extension is translated to ${language}`, async (t) => {
    const manifest = texts(`package.nls.${language}.json`);
    const bundle = texts(`l10n/bundle.l10n.${language}.json`);
    const window = await openWindow(t, { language });
    await window.command(`${manifest.category}: ${manifest["command.showCredits"]}`);
    const message = bundle["You're not connected to OpenRouter."];
    assert.ok(message);
    await window.toast(message).waitFor();
    await window.screenshot("not connected");
  });
}
