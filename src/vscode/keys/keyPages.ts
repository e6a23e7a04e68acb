import { sha256Hex } from "../../openrouter/apiKey";
import { activityUrl, addCreditsUrl, keyPageUrl } from "../../openrouter/baseUrl";
import type { Session } from "../../sessions/session";
import { offerUrl, openExternalUrl } from "../openExternal";

const urls = { key: keyPageUrl, activity: activityUrl, credits: addCreditsUrl };

/** Opens one of OpenRouter's pages about a key, which the URL names by its hash, or offers that URL for copying. */
export async function openKeyPage(page: keyof typeof urls, { baseUrl, key }: Session): Promise<void> {
  const url = urls[page](baseUrl, await sha256Hex(key));
  // `false` means that the user declined VS Code's question.
  await openExternalUrl(url).catch(() => offerUrl(url));
}
