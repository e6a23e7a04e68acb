import { env, Uri } from "vscode";
import { parseCallback } from "../../src/openrouter/callback";
import { getCurrentKey } from "../../src/openrouter/client";
import { OpenRouterError } from "../../src/openrouter/errors";
import type { SignInHost } from "../../src/signIn/signInHost";
import { openWindow } from "../fakes/editor";
import { FakeSecretStorage } from "../fakes/secrets";
import { equal, ok, rejected } from "./assert";
import { approve, control, issuedKeys, ourExtension, requests } from "./runner";

const never = () => new AbortController().signal;

/** The sign-in with everything from this host that isn't a question to the person. */
async function openWebWindow(overrides: Partial<SignInHost> = {}) {
  const storage = new FakeSecretStorage();
  const window = openWindow(storage, (await control()).fakeOpenRouter, {
    environment: { uiKind: "web", extensionHost: "webWorker", local: true },
    callbackUrl: async (query) => {
      const link = Uri.from({
        scheme: env.uriScheme,
        authority: ourExtension().id,
        path: "/callback",
        query,
      });
      return (await env.asExternalUri(link)).toString(true);
    },
    ...overrides,
  });
  return { ...window, storage };
}

describe("The sign-in in the web extension host", () => {
  it("finds a link back, and no local server", async () => {
    const { signIn } = await openWebWindow();
    equal(await signIn.flows(), ["uriCallback", "codeEntry"]);
  });

  it("goes from click to stored key by a link", async () => {
    const link = "code-oss://connect-openrouter.connect-openrouter/callback";
    const window = await openWebWindow({ callbackUrl: async (query) => `${link}?${query}` });
    const result = window.signIn.run("uriCallback", never());
    const { location = "" } = await approve(await window.nextAddress());
    ok(location.startsWith(`${link}?`), location);
    const callback = parseCallback({ path: "/callback", query: location.split("?")[1] ?? "" });
    ok(callback.kind === "code");
    equal(await window.signIn.complete(callback), undefined);
    const { session } = await result;
    equal(session.key, (await issuedKeys()).at(-1));
    equal(await window.store.list(), [session]);
    ok(![...window.storage.stored.values()].some((text) => text.includes("codeVerifier")));
  });

  it("goes from click to stored key by a code, and reads why a wrong one is refused", async () => {
    let refusal: unknown;
    const window = await openWebWindow({
      openExternal: async () => true,
      askForCode: async ({ address }, _signal, submit) => {
        refusal = await rejected(submit("no-such-code"));
        return submit((await approve(address)).code);
      },
    });
    const { session } = await window.signIn.run("codeEntry", never());
    ok(refusal instanceof OpenRouterError);
    equal(refusal.details.status, 403);
    equal(session.key, (await issuedKeys()).at(-1));
    equal(await window.store.list(), [session]);
  });

  it("may ask what a key is, although that takes a header that the browser asks OpenRouter about", async () => {
    const { fakeOpenRouter } = await control();
    const [key = ""] = await issuedKeys();
    const { creatorUserId } = await getCurrentKey(key, {
      fetch: (...args) => fetch(...args),
      baseUrl: fakeOpenRouter,
    });
    ok(creatorUserId?.startsWith("user_"));
  });

  it("takes no cookie along, although the browser has one for OpenRouter", async () => {
    const { fakeOpenRouter } = await control();
    await fetch(`${fakeOpenRouter}/credits`, { mode: "no-cors", credentials: "include" });
    const arrived = await requests();
    equal(arrived.at(-1)?.headers.cookie, "session=person");
    const ours = arrived.filter(({ method, url }) => method !== "OPTIONS" && url.startsWith("/api/"));
    ok(ours.some(({ url }) => url === "/api/v1/auth/keys") && ours.some(({ url }) => url === "/api/v1/key"));
    for (const { headers, url } of ours) equal([url, headers.cookie], [url, undefined]);
  });

  it("is under the browser's rules for other origins: what OpenRouter doesn't open stays closed", async () => {
    const { fakeOpenRouter } = await control();
    ok((await fetch(`${fakeOpenRouter}/`, { mode: "no-cors" })).type === "opaque", "it can be reached");
    ok((await rejected(fetch(`${fakeOpenRouter}/`))) instanceof TypeError);
  });
});
