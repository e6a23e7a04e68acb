import { apiUrl } from "../openrouter/baseUrl";
import type { ApiAccess } from "./commandLineTool";

/**
 * The variables in which many command-line tools find a key. Its address is always beside it, since one that the
 * machine has already may belong to another server.
 */
export const openRouterVariables = ({ key, baseUrl }: ApiAccess) => ({
  OPENROUTER_API_KEY: key,
  OPENROUTER_BASE_URL: apiUrl(baseUrl),
});

/** Empty variables: as if the machine had none of these. */
export const emptied = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ""]));
