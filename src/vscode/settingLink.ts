import { env, type Uri } from "vscode";

const path = "/setting";

/** The settings that a link may open. */
const names = ["extensionBudgets", "providerRouting"] as const;
export type LinkedSetting = (typeof names)[number];

/**
 * A link that opens one of our settings, for texts in which VS Code runs no commands, such as an error in its chat.
 * VS Code asks the user before it hands over such a link from anywhere else.
 */
export const settingLink = (name: LinkedSetting) =>
  `${env.uriScheme}://connect-openrouter.connect-openrouter${path}?name=${name}`;

/** The id of the setting that such a link names; undefined where the URI is something else. */
export function parseSettingLink(uri: Pick<Uri, "path" | "query">): string | undefined {
  const name = uri.path === path ? new URLSearchParams(uri.query).get("name") : undefined;
  return names.some((known) => known === name) ? `connectOpenRouter.${name}` : undefined;
}
