import { equal, match } from "node:assert/strict";
import { env, Uri } from "vscode";
import { parseSettingLink, settingLink } from "../../src/vscode/settingLink";

describe("A link to a setting", () => {
  it("comes back as the setting's id", () => {
    for (const name of ["extensionBudgets", "providerRouting"] as const) {
      const link = settingLink(name);
      match(link, new RegExp(`^${env.uriScheme}://connect-openrouter\\.connect-openrouter/`));
      equal(parseSettingLink(Uri.parse(link)), `connectOpenRouter.${name}`);
    }
  });

  for (const other of [
    "/setting",
    "/setting?name=baseUrl",
    "/setting?name=",
    "/callback?name=extensionBudgets",
  ]) {
    it(`opens nothing else: ${other}`, () =>
      equal(parseSettingLink(Uri.parse(`code://connect-openrouter.connect-openrouter${other}`)), undefined));
  }
});
