import { plainText } from "../../common/plainText";
import { maskApiKey } from "../../openrouter/apiKey";
import type { Session } from "../../sessions/session";

/** A key as the user knows it: by its account in the Accounts menu, and as OpenRouter shows it. */
export const keyName = ({ label, key }: Session) => `${plainText(label)} (${maskApiKey(key)})`;
