import { commands, l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import { commandIds } from "../../commandIds";
import type { CommandLineTool } from "../../tools/commandLineTool";
import { commandLineTools } from "../../tools/commandLineTools";
import { type ToolExtension, toolExtensions } from "../../tools/toolExtensions";
import { mayHaveOurChat } from "../chatAvailability";
import { hasTerminals } from "../hasTerminals";
import { offerToInstall } from "./installOffer";
import { giveOwnKey } from "./ownKey";
import { isMissing as isMissingTool, toolItem } from "./pickTool";
import type { ToolServices } from "./toolServices";
import { toolsHere } from "./toolsHere";
import { findToolView } from "./toolView";

/** A row of the list, and what choosing it does. */
interface Entry extends QuickPickItem {
  readonly run: () => unknown;
}

interface Found {
  readonly isMissing: boolean;
  readonly entry: Entry;
}

type Services = Pick<ToolServices, "context" | "extensionHost" | "ownKey">;

/** Lists the tools that are here and those that could be had, with what each gets, and sets up the chosen one. */
export async function setUpTool(
  services: Services,
  openTerminal: (tool: CommandLineTool) => Promise<void>,
): Promise<void> {
  // The list is open at once, and shows that they are being looked for.
  const chosen = await window.showQuickPick(rows(services, openTerminal), {
    title: l10n.t("Set Up a Tool"),
    placeHolder: l10n.t("Select a tool to see what it would get"),
    matchOnDetail: true,
  });
  await chosen?.run?.();
}

async function rows(services: Services, openTerminal: (tool: CommandLineTool) => Promise<void>) {
  const [extensions, isHere, hasChat] = await Promise.all([
    extensionEntries(services),
    toolsHere(services),
    mayHaveOurChat(),
  ]);
  const tools = (hasTerminals() ? commandLineTools : []).map((tool) => {
    const isMissing = isMissingTool(tool, isHere);
    const run = () => (isMissing ? offerToInstall(tool, openTerminal) : openTerminal(tool));
    return { isMissing, entry: { ...toolItem(tool), run } };
  });
  return [
    ...group(l10n.t("In this editor"), [
      ...(hasChat ? [chatEntry()] : []),
      ...here(extensions),
      otherExtensionsEntry(),
    ]),
    ...group(l10n.t("Command-line tools"), here(tools)),
    ...group(l10n.t("Not found"), [...missing(extensions), ...missing(tools)]),
  ];
}

const here = (all: readonly Found[]) => all.filter(({ isMissing }) => !isMissing).map(({ entry }) => entry);
const missing = (all: readonly Found[]) => all.filter(({ isMissing }) => isMissing).map(({ entry }) => entry);

const group = (label: string, entries: readonly Entry[]): (QuickPickItem & Partial<Entry>)[] =>
  entries.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...entries] : [];

const chatEntry = (): Entry => ({
  label: l10n.t("VS Code's Chat"),
  detail: l10n.t("Answers with OpenRouter's models, without the key"),
  iconPath: new ThemeIcon("comment-discussion"),
  run: () => commands.executeCommand(commandIds.chatWithModels),
});

const otherExtensionsEntry = (): Entry => ({
  label: l10n.t("Other Extensions"),
  detail: l10n.t("Use your models without the key, once you allow it"),
  iconPath: new ThemeIcon("extensions"),
  run: () => commands.executeCommand(commandIds.manageModelAccess),
});

const extensionEntries = ({ ownKey }: Services) =>
  Promise.all(
    toolExtensions.map(async (tool: ToolExtension) => ({
      isMissing: (await findToolView(tool)) === undefined,
      entry: {
        label: tool.name,
        detail: l10n.t("Gets an API key of its own, with a limit of its own"),
        iconPath: new ThemeIcon("key"),
        run: () => giveOwnKey(tool, ownKey),
      },
    })),
  );
