import { env, Uri } from "vscode";
import { withTimeLimit } from "../common/timeLimit";

/** Milliseconds for VS Code to make the URL, which may take a round trip to a server. */
const timeLimit = 10_000;

/**
 * The URL at which a browser reaches an extension's URI handler in this window. In a browser, it's good for one call.
 * @param extension its id
 */
export async function handlerUrl(extension: string, path: string, query = ""): Promise<string> {
  const uri = Uri.from({ scheme: env.uriScheme, authority: extension, path, query });
  // Not encoded again: in a browser, the URL has a query within its query.
  return (await withTimeLimit(env.asExternalUri(uri), timeLimit)).toString(true);
}
