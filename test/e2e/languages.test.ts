import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";

const texts = (file: string): Record<string, string> => JSON.parse(readFileSync(file, "utf8"));

// One that VS Code names as we do, and one that it names differently. That all are complete: test/repo.
for (const language of ["de", "zh-cn"]) {
  test.describe(() => {
    test.use({ language });

    test(`the extension is translated to ${language}`, async ({ window }) => {
      const manifest = texts(`package.nls.${language}.json`);
      const bundle = texts(`l10n/bundle.l10n.${language}.json`);
      await window.command(`${manifest.category}: ${manifest["command.showCredits"]}`);
      const message = bundle["You're not connected to OpenRouter."];
      expect(message).toBeTruthy();
      await expect(window.toast(message ?? "")).toBeVisible();
      await window.screenshot("not connected");
    });
  });
}
