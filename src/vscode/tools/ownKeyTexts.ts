import { commands, l10n, window, workspace } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { plainText } from "../../common/plainText";
import { isDefaultBaseUrl, keysPageUrl } from "../../openrouter/baseUrl";
import { requestedTerms } from "../../openrouter/terms";
import type { ToolExtension } from "../../tools/toolExtensions";
import type { ToolKeyTerms } from "../../tools/toolKeyRequest";
import { confirm } from "../confirm";
import { deliberate } from "../deliberate";
import { keyTermsText } from "../keys/keyTermsText";
import { offerUrl, openExternalUrl } from "../openExternal";

/** Asks before OpenRouter's page opens, whoever asks for it: commands can be run by any extension. */
export function confirmOwnKey(tool: ToolExtension, terms: ToolKeyTerms, baseUrl: string): Promise<boolean> {
  const { name } = tool;
  // As it's read: without its scheme.
  const keysPage = plainText(keysPageUrl(baseUrl).replace(/^https?:\/\//, ""));
  const page = l10n.t("On OpenRouter's page, authorize a key named {0}: {1}.", ...[name, termsText(terms)]);
  const keeps = l10n.t(
    "{0} gets the key from OpenRouter and keeps it. Connect OpenRouter never sees it, and Disconnect doesn't remove it. You can revoke it at {1}.",
    ...[name, keysPage],
  );
  const otherServer = isDefaultBaseUrl(baseUrl) ? [] : [otherServerText(tool, plainText(baseUrl))];
  return deliberate(() =>
    confirm(
      l10n.t("Create a separate API key for {0}?", name),
      [page, keeps, ...otherServer].join("\n\n"),
      l10n.t("Open OpenRouter's Page"),
    ),
  );
}

const termsText = (terms: ToolKeyTerms) => keyTermsText(requestedTerms(terms));

const otherServerText = ({ name, usesBaseUrl }: ToolExtension, baseUrl: string) =>
  usesBaseUrl
    ? l10n.t(
        "Your base URL is {0}. Enter it in {1} as well: it gets the key from the base URL in its own settings.",
        ...[baseUrl, name],
      )
    : l10n.t(
        "Your base URL is {0}, but {1} always gets its key from openrouter.ai. That works only if both are the same OpenRouter.",
        ...[baseUrl, name],
      );

export async function showNotInstalled({ id, name }: ToolExtension): Promise<void> {
  const show = l10n.t("Show Extension");
  const trust = l10n.t("Manage Workspace Trust");
  const message = workspace.isTrusted
    ? l10n.t(
        "{0} isn't installed in this window, or it's disabled. Install or enable it, then try again.",
        name,
      )
    : l10n.t(
        "{0} isn't installed, or it doesn't run in Restricted Mode. Install it or trust this workspace, then try again.",
        name,
      );
  const chosen = await window.showInformationMessage(message, show, ...(workspace.isTrusted ? [] : [trust]));
  if (chosen === show) await commands.executeCommand(vscodeCommandIds.searchExtensions, `@id:${id}`);
  if (chosen === trust) await commands.executeCommand(vscodeCommandIds.manageTrust);
}

export async function showNoCallback(
  { name, alsoUsesModels }: ToolExtension,
  baseUrl: string,
): Promise<void> {
  const message = alsoUsesModels
    ? l10n.t(
        "In this window, OpenRouter can't return to {0}. Select the provider VS Code LM API in {0}, which needs no key, or create a key on OpenRouter's page and paste it there.",
        name,
      )
    : l10n.t(
        "In this window, OpenRouter can't return to {0}. Create a key on OpenRouter's page, and paste it in {0}.",
        name,
      );
  await offerKeysPage(window.showWarningMessage(message, ...[openKeysPage()]), baseUrl);
}

/** @returns whether to try again */
export async function showNoView({ name }: ToolExtension): Promise<boolean> {
  const tryAgain = l10n.t("Try Again");
  const message = l10n.t("The view of {0} couldn't be opened. Open it, then try again.", name);
  return (await window.showErrorMessage(message, tryAgain)) === tryAgain;
}

/** @returns whether to try again */
export async function showWhatComesNext({ name }: ToolExtension, baseUrl: string): Promise<boolean> {
  const tryAgain = l10n.t("Try Again");
  const message = l10n.t(
    "Authorize on OpenRouter's page. {0} then shows OpenRouter as its provider. If it doesn't, or you denied access, try again.",
    name,
  );
  const chosen = await offerKeysPage(
    window.showInformationMessage(message, tryAgain, openKeysPage()),
    baseUrl,
  );
  return chosen === tryAgain;
}

const openKeysPage = () => l10n.t("Open Keys Page");

/** Opens the list of the account's keys where that button was chosen. */
async function offerKeysPage(message: Thenable<string | undefined>, baseUrl: string) {
  const chosen = await message;
  const url = keysPageUrl(baseUrl);
  if (chosen === openKeysPage()) await openExternalUrl(url).catch(() => offerUrl(url));
  return chosen;
}
