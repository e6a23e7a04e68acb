import { type Callback, callbackPath, parseCallback } from "../openrouter/callback";

/** A server on this machine that waits for one callback (RFC 8252, section 7.3). */
export interface LoopbackServer {
  /** Where OpenRouter redirects to. */
  callbackUrl(query: string): string;
  /** Ends the server and every connection to it. */
  dispose(): void;
}

type LoopbackCallback = Exclude<Callback, { kind: "foreign" | "malformed" }>;

/**
 * Listens on 127.0.0.1 and a free port until the callback with this state came, or it is disposed.
 * @param page the HTML that the browser shows then; any other request gets an empty response
 */
export async function startLoopbackServer(
  state: string,
  page: string,
  deliver: (callback: LoopbackCallback) => void,
): Promise<LoopbackServer> {
  const { createServer } = await import("node:http"); // only where the host is Node
  let done = false;
  const server = createServer(({ method, url = "", headers }, response) => {
    const [path = "", query = ""] = url.split(/\?(.*)/s);
    const callback = parseCallback({ path, query });
    // The Host header keeps out pages of another name that resolves to this machine (DNS rebinding).
    const ours =
      method === "GET" && headers.host === `127.0.0.1:${port}` && belongs(callback, state) && !done;
    done ||= ours;
    response.writeHead(ours ? 200 : 404, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "no-store",
      Connection: "close",
    });
    response.end(ours ? page : "", () => {
      if (!ours) return;
      dispose();
      deliver({ ...callback, state });
    });
  });
  const dispose = () => {
    server.close();
    server.closeAllConnections();
  };
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve).once("error", reject).listen(0, "127.0.0.1");
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { callbackUrl: (query) => `http://127.0.0.1:${port}${callbackPath}?${query}`, dispose };
}

/** A denial may come without the state. Then the port is proof enough. */
const belongs = (callback: Callback, state: string): callback is LoopbackCallback =>
  (callback.kind === "code" && callback.state === state) ||
  (callback.kind === "denied" && (callback.state ?? state) === state);
