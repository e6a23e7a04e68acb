import { sha256Hex } from "../../openrouter/apiKey";
import { activityUrl, addCreditsUrl, keyPageUrl } from "../../openrouter/baseUrl";
import type { Session } from "../../sessions/session";
import { offerAddress, openExternalUrl } from "../openExternal";

const addresses = { key: keyPageUrl, activity: activityUrl, credits: addCreditsUrl };

/** Opens one of OpenRouter's pages about a key, which is named by its hash, or hands over its address. */
export async function openKeyPage(page: keyof typeof addresses, { baseUrl, key }: Session): Promise<void> {
  const address = addresses[page](baseUrl, await sha256Hex(key));
  // False is the person, who turned VS Code's question down.
  await openExternalUrl(address).catch(() => offerAddress(address));
}
