import { equal, match } from "node:assert/strict";
import { env, Uri } from "vscode";
import { parseSettingLink, settingLink } from "../../src/vscode/settingLink";

describe("A link to a setting", () => {
  it("comes back as the setting's id", () => {
    for (const [name, id] of [
      ["extensionBudgets", "connectOpenRouter.extensionBudgets"],
      ["providerRouting", "connectOpenRouter.providerRouting"],
      ["proxy", "http.proxy"],
      ["tls", "http.systemCertificates"],
    ] as const) {
      const link = settingLink(name);
      match(link, new RegExp(`^${env.uriScheme}://connect-openrouter\\.connect-openrouter/`));
      equal(parseSettingLink(Uri.parse(link)), id);
    }
  });

  for (const other of [
    "/setting",
    "/setting?name=baseUrl",
    "/setting?name=",
    "/setting?name=toString",
    "/callback?name=extensionBudgets",
  ]) {
    it(`opens nothing else: ${other}`, () =>
      equal(parseSettingLink(Uri.parse(`code://connect-openrouter.connect-openrouter${other}`)), undefined));
  }
});
