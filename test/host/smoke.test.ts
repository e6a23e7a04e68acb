import { equal } from "node:assert/strict";
import { extensions } from "vscode";

describe("Extension", () => {
  it("is installed and activates", async () => {
    const extension = extensions.getExtension("connect-openrouter.connect-openrouter");
    await extension?.activate();
    equal(extension?.isActive, true);
  });
});
