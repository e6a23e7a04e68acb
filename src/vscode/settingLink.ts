import { env, type Uri } from "vscode";

const path = "/setting";

/** The settings that a link may open, by the names in it. */
const ids = {
  extensionBudgets: "connectOpenRouter.extensionBudgets",
  providerRouting: "connectOpenRouter.providerRouting",
  proxy: "http.proxy",
  tls: "http.systemCertificates",
};
export type LinkedSetting = keyof typeof ids;

/**
 * A link that opens a setting, for texts in which VS Code runs no commands, such as an error in its chat.
 * VS Code asks the user before it hands over such a link from anywhere else.
 */
export const settingLink = (name: LinkedSetting) =>
  `${env.uriScheme}://connect-openrouter.connect-openrouter${path}?name=${name}`;

/** The id of the setting that such a link names; undefined where the URI is something else. */
export function parseSettingLink(uri: Pick<Uri, "path" | "query">): string | undefined {
  const name = uri.path === path ? new URLSearchParams(uri.query).get("name") : undefined;
  return name && Object.hasOwn(ids, name) ? ids[name as LinkedSetting] : undefined;
}
