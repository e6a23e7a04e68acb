import { extensions } from "vscode";
import { plainText } from "../common/plainText";

/**
 * The name that an extension gives itself; undefined where it isn't in this window's extension host. Without what
 * could end the quotes that it stands in, and be taken for an id.
 */
export function extensionDisplayName(id: string): string | undefined {
  const name: unknown = extensions.getExtension(id)?.packageJSON?.displayName;
  return typeof name === "string"
    ? plainText(name.replace(/["'()\p{Pi}\p{Pf}\uff08\uff09\uff02\uff07]/gu, "")) || undefined
    : undefined;
}

/** An extension as the user knows it, with its id, since anyone can take any name: `'Cline' (saoudrizwan.claude-dev)`. */
export function extensionName(id: string): string {
  const name = extensionDisplayName(id);
  return name === undefined ? plainText(id) : `'${name}' (${plainText(id)})`;
}
