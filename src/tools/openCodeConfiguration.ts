import { apiUrl } from "../openrouter/baseUrl";
import type { ToolAccess } from "./commandLineTool";

/**
 * Configuration for opencode and Kilo, as their variables take it: above a project's files, which could send the key
 * to another server, and above a login that was stored earlier. It contains no secret. Without the models, each of
 * them chooses one of its own, and another one for titles.
 */
export function openCodeConfiguration({ baseUrl, model }: Omit<ToolAccess, "key">): string {
  const id = `openrouter/${model}`;
  const options = { apiKey: "{env:OPENROUTER_API_KEY}", baseURL: apiUrl(baseUrl) };
  const openrouter = { options, models: { [model]: {} } };
  return JSON.stringify({ model: id, small_model: id, provider: { openrouter } });
}
