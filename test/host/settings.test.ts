import { deepEqual, equal, notDeepEqual, ok, rejects, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationTarget, workspace } from "vscode";
import manifest from "../../package.json";
import {
  readCreditsSettings,
  readSignInSettings,
  SettingError,
  type SettingName,
} from "../../src/vscode/settings";

/** Every setting of the manifest. */
const contributed: Record<string, { default: unknown }> = Object.assign(
  {},
  ...[manifest.contributes.configuration].flat().map(({ properties }) => properties),
);

const change = (name: SettingName, value: unknown) =>
  workspace.getConfiguration("connectOpenRouter").update(name, value, ConfigurationTarget.Global);

describe("Settings", () => {
  afterEach(async () => {
    await change("baseUrl", undefined);
    await change("creditLimit", undefined);
  });

  it("are OpenRouter's own address and no limit, unless they are changed", () => {
    deepEqual(readSignInSettings(), {
      baseUrl: "https://openrouter.ai",
      requestedTerms: { keyLabel: "VS Code" },
    });
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
      deepEqual(readSignInSettings().requestedTerms, { ...asked, keyLabel: "VS Code" });
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

  describe("of a hostile workspace and its folder", () => {
    const [folder] = workspace.workspaceFolders ?? [];
    const hostileFile = (name: string) =>
      JSON.parse(readFileSync(join(folder?.uri.fsPath ?? "", name), "utf8")) as Record<string, unknown>;
    const hostile = {
      workspaceValue: hostileFile("hostile.code-workspace").settings as Record<string, unknown>,
      workspaceFolderValue: hostileFile(".vscode/settings.json"),
    };

    it("are read: what they may change, they change", () => {
      const editor = workspace.getConfiguration("editor", folder?.uri);
      equal(editor.inspect("wordWrapColumn")?.workspaceValue, 77);
      equal(editor.inspect("tabSize")?.workspaceFolderValue, 7);
    });

    for (const [id, { default: standard }] of Object.entries(contributed)) {
      it(`${id} has no effect, and can't be written there`, async () => {
        const name = id.replace(/^connectOpenRouter\./, "");
        for (const scope of [undefined, folder?.uri]) {
          const configuration = workspace.getConfiguration("connectOpenRouter", scope);
          deepEqual(configuration.get(name), standard);
          const inspected = configuration.inspect(name);
          for (const level of ["workspaceValue", "workspaceFolderValue"] as const) {
            const value = hostile[level][id];
            ok(value !== undefined, `the hostile ${level} of ${id} is missing: add it`);
            notDeepEqual(value, standard, "what is hostile must differ");
            equal(inspected?.[level], undefined);
          }
        }
        for (const target of [ConfigurationTarget.Workspace, ConfigurationTarget.WorkspaceFolder]) {
          const configuration = workspace.getConfiguration("connectOpenRouter", folder?.uri);
          await rejects(async () => configuration.update(name, hostile.workspaceValue[id], target));
        }
      });
    }

    it("don't shape a sign-in, or how credits are shown", () => {
      deepEqual(readSignInSettings(), {
        baseUrl: "https://openrouter.ai",
        requestedTerms: { keyLabel: "VS Code" },
      });
      deepEqual(readCreditsSettings(), { showCredits: true, warnBelow: 10 });
    });
  });
});
