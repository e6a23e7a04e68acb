import { apiUrl } from "../openrouter/baseUrl";

/**
 * The variables in which command-line tools find a key. Its address is always beside it, since one that the machine
 * has already may belong to another server.
 */
export const keyEnvironment = ({ key, baseUrl }: { readonly key: string; readonly baseUrl: string }) => ({
  OPENROUTER_API_KEY: key,
  OPENROUTER_BASE_URL: apiUrl(baseUrl),
});
