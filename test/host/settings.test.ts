import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationTarget, workspace } from "vscode";
import { readSignInSettings, SettingError, type SettingName } from "../../src/settings";

const change = (name: SettingName, value: unknown) =>
  workspace.getConfiguration("connectOpenRouter").update(name, value, ConfigurationTarget.Global);

describe("Settings", () => {
  afterEach(async () => {
    await change("baseUrl", undefined);
    await change("creditLimit", undefined);
  });

  it("are OpenRouter's own address and no limit, unless they are changed", () => {
    deepEqual(readSignInSettings(), { baseUrl: "https://openrouter.ai", asked: { keyLabel: "VS Code" } });
  });

  for (const [value, asked] of [
    [12.5, { limit: "12.5" }],
    [0, { limit: "0" }],
    [0.000001, { limit: "0.000001" }],
    [100, { limit: "100" }],
    [null, {}],
  ] as const) {
    it(`a credit limit of ${value} is asked for as ${JSON.stringify(asked)}`, async () => {
      await change("creditLimit", value);
      deepEqual(readSignInSettings().asked, { ...asked, keyLabel: "VS Code" });
    });
  }

  for (const [name, value] of [
    ["creditLimit", -1],
    ["creditLimit", 0.1234567],
    ["creditLimit", 1e21],
    ["creditLimit", "12.5"],
    ["creditLimit", true],
    ["baseUrl", "openrouter.ai"],
    ["baseUrl", "http://openrouter.ai"],
    ["baseUrl", "https://user:password@openrouter.ai"],
    ["baseUrl", "javascript:alert(1)"],
    ["baseUrl", ""],
    ["baseUrl", 5],
  ] as const) {
    it(`a ${name} of ${JSON.stringify(value)} is refused by name`, async () => {
      await change(name, value);
      throws(readSignInSettings, (error) => error instanceof SettingError && error.setting === name);
    });
  }

  it("a gateway and a local server may stand in for OpenRouter", async () => {
    await change("baseUrl", "https://gateway.example/openrouter/");
    equal(readSignInSettings().baseUrl, "https://gateway.example/openrouter");
    await change("baseUrl", "http://127.0.0.1:8080");
    equal(readSignInSettings().baseUrl, "http://127.0.0.1:8080");
  });

  it("a workspace's own values have no effect", async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    const hostile = readFileSync(join(folder?.uri.fsPath ?? "", ".vscode/settings.json"), "utf8");
    equal(JSON.parse(hostile)["connectOpenRouter.baseUrl"], "https://attacker.example");
    equal(workspace.getConfiguration("editor").get("tabSize"), 7, "the file isn't read at all");
    deepEqual(readSignInSettings(), { baseUrl: "https://openrouter.ai", asked: { keyLabel: "VS Code" } });
    for (const target of [ConfigurationTarget.Workspace, ConfigurationTarget.WorkspaceFolder]) {
      const configuration = workspace.getConfiguration("connectOpenRouter", folder?.uri);
      await rejects(async () => configuration.update("baseUrl", "https://attacker.example", target));
    }
  });
});
