import type { Secrets } from "../../../src/sessions/secretCollection";
import type { CallbackSample } from "../tasks";
import { ours } from "./loading";

/** Measures from the next callback until the session is announced, and the parts of the network and SecretStorage. */
export async function measureCallback(): Promise<CallbackSample> {
  const { uriHandler, provider, context } = ours;
  if (!uriHandler || !provider || !context) throw new Error("Our extension is not active");
  let start = Number.NaN;
  let network = 0;
  const secrets = watchSecrets(context.secrets);
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const requested = performance.now();
    const response = await fetch(...request);
    const body = await response.arrayBuffer(); // so that reading it counts for the network, too
    if (String(request[0]).endsWith("/auth/keys")) network += performance.now() - requested;
    return new Response(body, response);
  };
  ours.uriHandler = {
    handleUri(uri) {
      start = performance.now();
      secrets.begin();
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
    return { total: performance.now() - start, network, storage: secrets.time() };
  } finally {
    secrets.restore();
    globalThis.fetch = fetch;
    ours.uriHandler = uriHandler;
  }
}

/** Counts the milliseconds in which at least one call of SecretStorage is under way. */
function watchSecrets(secrets: Secrets) {
  const { get, store, delete: remove, keys } = secrets;
  let time = 0;
  let calls = 0;
  let since = 0;
  const watched =
    <Args extends unknown[], Result>(call: (...args: Args) => Thenable<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (calls++ === 0) since = performance.now();
      try {
        return await call.apply(secrets, args);
      } finally {
        if (--calls === 0) time += performance.now() - since;
      }
    };
  const original = { get, store, delete: remove, ...(keys && { keys }) };
  Object.assign(secrets, {
    get: watched(get),
    store: watched(store),
    delete: watched(remove),
    ...(keys && { keys: watched(keys) }),
  });
  return {
    begin: () => {
      time = 0;
    },
    time: () => time,
    restore: () => Object.assign(secrets, original),
  };
}
