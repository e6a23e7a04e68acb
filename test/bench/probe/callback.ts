import { ours } from "./loading";
import type { CallbackSample } from "./tasks";

/** From the next callback until the session is announced, with the network's part of it. */
export async function measureCallback(): Promise<CallbackSample> {
  const { uriHandler, provider } = ours;
  if (!uriHandler || !provider) throw new Error("Our extension is not active");
  let start = Number.NaN;
  let network = 0;
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const asked = performance.now();
    const response = await fetch(...request);
    const body = await response.arrayBuffer(); // so that reading it is the network's part, too
    if (String(request[0]).endsWith("/auth/keys")) network += performance.now() - asked;
    return new Response(body, response);
  };
  ours.uriHandler = {
    handleUri(uri) {
      start = performance.now();
      return uriHandler.handleUri(uri);
    },
  };
  try {
    await new Promise<void>((announced) => {
      const subscription = provider.onDidChangeSessions(() => {
        subscription.dispose();
        announced();
      });
    });
    return { total: performance.now() - start, network };
  } finally {
    globalThis.fetch = fetch;
    ours.uriHandler = uriHandler;
  }
}
