import { authentication, commands, ExtensionKind, env, UIKind } from "vscode";
import { equal, ok } from "./assert";
import { ourExtension } from "./runner";

describe("The extension in the web extension host", () => {
  it("runs in a web worker, on the user's machine", () => {
    ok("importScripts" in globalThis);
    equal(env.uiKind, UIKind.Web);
    equal(ourExtension().extensionKind, ExtensionKind.UI);
  });

  it("activates, and registers the commands of its manifest", async () => {
    const extension = ourExtension();
    await extension.activate();
    ok(extension.isActive);
    const declared: { command: string }[] = extension.packageJSON.contributes.commands;
    const registered = await commands.getCommands();
    ok(declared.length > 0);
    for (const { command } of declared) ok(registered.includes(command), `${command} is not registered`);
  });

  it("reports no session, without an error", async () => {
    equal(await authentication.getSession("openrouter", [], { silent: true }), undefined);
  });
});
