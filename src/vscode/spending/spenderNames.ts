import { l10n } from "vscode";
import { plainText } from "../../common/plainText";
import { vscodeChat } from "../../spending/spending";
import { extensionDisplayName } from "../extensionName";

/** An extension's id as plain text, under which it can have a budget; undefined where VS Code named none. */
export const spenderId = (extension: string): string | undefined => plainText(extension) || undefined;

/** An extension as the user knows it, by its name in the ledger. Anyone can take any name, so show the id as well. */
export function spenderName(extension: string): string {
  if (extension === vscodeChat) return l10n.t("VS Code's chat");
  return extensionDisplayName(extension) ?? spenderId(extension) ?? l10n.t("Unknown extension");
}

/** Their names, all different where they stand alone. */
export function spenderNames(extensions: readonly string[]): string[] {
  const names = extensions.map(spenderName);
  return extensions.map((extension, i) => {
    const name = names[i] ?? "";
    const isTaken = names.some((other, j) => j !== i && other === name);
    return isTaken ? `${name} (${spenderId(extension) ?? "?"})` : name;
  });
}
