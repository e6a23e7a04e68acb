import { errorText, type Log } from "../../common/log";
import type { ToolExtension } from "../../tools/toolExtensions";
import type { toolKeyPage } from "../../tools/toolKeyRequest";
import { handlerUrl } from "../handlerUrl";
import { offerUrl, openExternalUrl } from "../openExternal";
import type { OwnKeySettings } from "../settings";
import * as texts from "./ownKeyTexts";
import { askForToolKeyTerms } from "./toolKeyTerms";
import { findToolView, showToolView } from "./toolView";

export interface OwnKeyDependencies {
  readonly log: Pick<Log, "warn">;
  /** Throws where a setting is invalid. */
  readonly settings: () => OwnKeySettings;
  /** OpenRouter's page; in the services' bundle, which has what it takes. */
  readonly page: typeof toolKeyPage;
  /** Called when OpenRouter's page was opened: what becomes of it can't be known here. */
  readonly pageOpened: () => void;
}

/**
 * Lets an extension get a key of its own, with the limit that the user enters: opens OpenRouter's page, which returns
 * to the extension. Neither the code nor the key comes here. Rejects where a setting is invalid.
 */
export async function giveOwnKey(
  tool: ToolExtension,
  { log, settings, page: pageFor, pageOpened }: OwnKeyDependencies,
): Promise<void> {
  const proposed = settings();
  const { baseUrl } = proposed;
  const view = await findToolView(tool);
  if (view === undefined) return texts.showNotInstalled(tool);

  // Anew for each attempt, since a callback URL may be good for only one.
  const newPage = async () => {
    try {
      return pageFor(baseUrl, await handlerUrl(tool.id, tool.callbackPath));
    } catch (error) {
      log.warn(`OpenRouter can't return to ${tool.id}: ${errorText(error)}`);
      return undefined;
    }
  };
  // The view comes first: while it is hidden, the extension drops the code.
  const open = async (url: string): Promise<boolean> => {
    try {
      await showToolView(view);
    } catch (error) {
      log.warn(`Can't show the view of ${tool.id}: ${errorText(error)}`);
      return (await texts.showNoView(tool)) && open(url);
    }
    // `false` means that the user declined VS Code's question.
    return openExternalUrl(url).catch(() => offerUrl(url).then(() => false));
  };

  let page = await newPage(); // before anything is asked, which would be for nothing without a way back
  if (!page) return texts.showNoCallback(tool, baseUrl);
  const terms = await askForToolKeyTerms(tool.name, proposed);
  if (!terms || !(await texts.confirmOwnKey(tool, terms, baseUrl))) return;
  do {
    if (!(await open(page(terms)))) return;
    pageOpened();
    if (!(await texts.showWhatComesNext(tool, baseUrl))) return;
    page = await newPage();
  } while (page);
  await texts.showNoCallback(tool, baseUrl);
}
