import { commands, window } from "vscode";
import { anyTool } from "../../src/tools/commandLineTools";
import { hasTerminals } from "../../src/vscode/hasTerminals";
import { KeyTerminals } from "../../src/vscode/tools/keyTerminals";
import type { ToolServices } from "../../src/vscode/tools/toolServices";
import { equal, ok } from "./assert";
import { ourExtension } from "./runner";

describe("A terminal with the key, where VS Code has none", () => {
  const { showInformationMessage, createTerminal } = window;
  const { executeCommand } = commands;
  afterEach(() => {
    Object.assign(window, { showInformationMessage, createTerminal });
    Object.assign(commands, { executeCommand });
  });

  it("isn't offered", async () => {
    ok(!hasTerminals());
    const { commandPalette } = ourExtension().packageJSON.contributes.menus;
    const [entry] = commandPalette.filter(({ command }: { command: string }) => /openTerminal/.test(command));
    equal(entry?.when, "terminalProcessSupported");
  });

  it("offers to copy the key instead", async () => {
    const did: string[] = [];
    Object.assign(window, {
      createTerminal: () => did.push("created a terminal"),
      showInformationMessage: async (message: string, button: string) => {
        did.push(message);
        return button;
      },
    });
    Object.assign(commands, { executeCommand: async (id: string) => did.push(id) });
    const session = { version: 2, id: "a", key: "sk-or-v1-a", label: "", baseUrl: "", createdAt: 0 } as const;
    await new KeyTerminals({ extensionHost: "webWorker" } as ToolServices, () => {}).open(session, anyTool);
    equal(did, [
      "VS Code has no terminals in this window. To use the key elsewhere, copy it.",
      "connectOpenRouter.copyApiKey",
    ]);
  });
});
