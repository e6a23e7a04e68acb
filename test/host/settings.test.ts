import { deepEqual, equal, notDeepEqual, ok, rejects, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationTarget, workspace } from "vscode";
import manifest from "../../package.json";
import {
  readCreditsSettings,
  readOwnKeySettings,
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
    await change("creditLimitReset", undefined);
  });

  it("default to OpenRouter's own URL and no limit", () => {
    deepEqual(readSignInSettings(), {
      baseUrl: "https://openrouter.ai",
      requestedTerms: { keyLabel: "VS Code" },
    });
  });

  for (const [value, requested] of [
    [12.5, { limit: "12.5" }],
    [0, { limit: "0" }],
    [0.000001, { limit: "0.000001" }],
    [100, { limit: "100" }],
    [null, {}],
  ] as const) {
    it(`request a credit limit of ${value} as ${JSON.stringify(requested)}`, async () => {
      await change("creditLimit", value);
      deepEqual(readSignInSettings().requestedTerms, { ...requested, keyLabel: "VS Code" });
    });
  }

  it("request a reset with a limit, and none without", async () => {
    await change("creditLimitReset", "weekly");
    deepEqual(readSignInSettings().requestedTerms, { keyLabel: "VS Code" });
    equal(readOwnKeySettings().limitReset, "weekly"); // as the proposal for a limit that is entered
    await change("creditLimit", 5);
    deepEqual(readSignInSettings().requestedTerms, {
      limit: "5",
      usageLimitType: "weekly",
      keyLabel: "VS Code",
    });
  });

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
    it(`reject a ${name} of ${JSON.stringify(value)}, naming the setting`, async () => {
      await change(name, value);
      throws(readSignInSettings, (error) => error instanceof SettingError && error.setting === name);
    });
  }

  it("accept a gateway or a local server as base URL", async () => {
    await change("baseUrl", "https://gateway.example/openrouter/");
    equal(readSignInSettings().baseUrl, "https://gateway.example/openrouter");
    await change("baseUrl", "http://127.0.0.1:8080");
    equal(readSignInSettings().baseUrl, "http://127.0.0.1:8080");
  });

  describe("in a hostile workspace and its folder", () => {
    const [folder] = workspace.workspaceFolders ?? [];
    const hostileFile = (name: string) =>
      JSON.parse(readFileSync(join(folder?.uri.fsPath ?? "", name), "utf8")) as Record<string, unknown>;
    const hostile = {
      workspaceValue: hostileFile("hostile.code-workspace").settings as Record<string, unknown>,
      workspaceFolderValue: hostileFile(".vscode/settings.json"),
    };

    it("apply where a workspace may change them", () => {
      const editor = workspace.getConfiguration("editor", folder?.uri);
      equal(editor.inspect("wordWrapColumn")?.workspaceValue, 77);
      equal(editor.inspect("tabSize")?.workspaceFolderValue, 7);
    });

    for (const [id, { default: defaultValue }] of Object.entries(contributed)) {
      it(`don't take ${id} from there, and don't write it there`, async () => {
        const name = id.replace(/^connectOpenRouter\./, "");
        for (const scope of [undefined, folder?.uri]) {
          const configuration = workspace.getConfiguration("connectOpenRouter", scope);
          deepEqual(configuration.get(name), defaultValue);
          const inspected = configuration.inspect(name);
          for (const level of ["workspaceValue", "workspaceFolderValue"] as const) {
            const value = hostile[level][id];
            ok(value !== undefined, `the hostile ${level} of ${id} is missing: add it`);
            notDeepEqual(value, defaultValue, "a hostile value must differ from the default");
            equal(inspected?.[level], undefined);
          }
        }
        for (const target of [ConfigurationTarget.Workspace, ConfigurationTarget.WorkspaceFolder]) {
          const configuration = workspace.getConfiguration("connectOpenRouter", folder?.uri);
          await rejects(async () => configuration.update(name, hostile.workspaceValue[id], target));
        }
      });
    }

    it("don't affect a sign-in, or how credits are shown", () => {
      deepEqual(readSignInSettings(), {
        baseUrl: "https://openrouter.ai",
        requestedTerms: { keyLabel: "VS Code" },
      });
      deepEqual(readCreditsSettings(), { showCredits: true, warnBelow: 10 });
    });
  });
});
