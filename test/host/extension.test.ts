import { equal } from "node:assert/strict";
import { authentication, commands, extensions } from "vscode";

/** Whether the extension host has loaded more of the extension than the part that registers it. */
const servicesAreLoaded = () =>
  Object.keys(require.cache).some((file) => /[/\\]dist[/\\]services\.js$/.test(file));

describe("Extension", () => {
  it("is installed and activates", async () => {
    const extension = extensions.getExtension("connect-openrouter.connect-openrouter");
    await extension?.activate();
    equal(extension?.isActive, true);
  });

  it("reports no session to a user who never connected, without loading the services", async () => {
    equal(await authentication.getSession("openrouter", [], { silent: true }), undefined);
    equal(servicesAreLoaded(), false);
  });

  it("loads the services at the first command", async () => {
    await commands.executeCommand("connectOpenRouter.showLog");
    equal(servicesAreLoaded(), true);
    equal(await authentication.getSession("openrouter", [], { silent: true }), undefined);
  });
});
