import { env, type Uri } from "vscode";

const path = "/reconnect";

/**
 * A link that connects a session again, for texts in which VS Code runs no commands, such as an error in its chat.
 * VS Code asks the user before it hands over such a link from anywhere else.
 */
export const reconnectLink = (sessionId: string) =>
  `${env.uriScheme}://connect-openrouter.connect-openrouter${path}?session=${encodeURIComponent(sessionId)}`;

/** The session that such a link names; undefined where the URI is something else. */
export function parseReconnectLink(uri: Pick<Uri, "path" | "query">): string | undefined {
  return uri.path === path ? (new URLSearchParams(uri.query).get("session") ?? undefined) : undefined;
}
