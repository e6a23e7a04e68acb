import { env, Uri } from "vscode";
import { parseCallback } from "../../src/openrouter/callback";
import { getCurrentKey } from "../../src/openrouter/client";
import { OpenRouterError } from "../../src/openrouter/errors";
import type { SignInHost } from "../../src/signIn/signInHost";
import { openWindow } from "../fakes/editor";
import { FakeSecretStorage } from "../fakes/secrets";
import { equal, ok, rejected } from "./assert";
import { authorize, control, issuedKeys, ourExtension, requests } from "./runner";

const never = () => new AbortController().signal;

/** A sign-in that uses the real extension host for everything but questions to the user. */
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
  it("finds the flow with an editor link, and none with a local server", async () => {
    const { signIn } = await openWebWindow();
    equal(await signIn.flows(), ["uriCallback", "codeEntry"]);
  });

  it("goes from click to stored key with an editor link", async () => {
    const link = "code-oss://connect-openrouter.connect-openrouter/callback";
    const window = await openWebWindow({ callbackUrl: async (query) => `${link}?${query}` });
    const result = window.signIn.run("uriCallback", never());
    const { location = "" } = await authorize(await window.nextUrl());
    ok(location.startsWith(`${link}?`), location);
    const callback = parseCallback({ path: "/callback", query: location.split("?")[1] ?? "" });
    ok(callback.kind === "code");
    equal(await window.signIn.complete(callback), undefined);
    const { session } = await result;
    equal(session.key, (await issuedKeys()).at(-1));
    equal(await window.store.list(), [session]);
    ok(![...window.storage.stored.values()].some((text) => text.includes("codeVerifier")));
  });

  it("goes from click to stored key with a code, and reads why a wrong code is rejected", async () => {
    let rejection: unknown;
    const window = await openWebWindow({
      openExternal: async () => true,
      askForCode: async ({ url }, _signal, submit) => {
        rejection = await rejected(submit("no-such-code"));
        return submit((await authorize(url)).code);
      },
    });
    const { session } = await window.signIn.run("codeEntry", never());
    ok(rejection instanceof OpenRouterError);
    equal(rejection.details.code, "rejected");
    equal(session.key, (await issuedKeys()).at(-1));
    equal(await window.store.list(), [session]);
  });

  it("can get information about a key, although its header needs a CORS preflight", async () => {
    const { fakeOpenRouter } = await control();
    const [key = ""] = await issuedKeys();
    const { creatorUserId } = await getCurrentKey(key, {
      fetch: (...args) => fetch(...args),
      baseUrl: fakeOpenRouter,
    });
    ok(creatorUserId?.startsWith("user_"));
  });

  it("sends no cookie, although the browser has one for OpenRouter", async () => {
    const { fakeOpenRouter } = await control();
    await fetch(`${fakeOpenRouter}/credits`, { mode: "no-cors", credentials: "include" });
    const arrived = await requests();
    equal(arrived.at(-1)?.headers.cookie, "session=user");
    const ours = arrived.filter(({ method, url }) => method !== "OPTIONS" && url.startsWith("/api/"));
    ok(ours.some(({ url }) => url === "/api/v1/auth/keys") && ours.some(({ url }) => url === "/api/v1/key"));
    for (const { headers, url } of ours) equal([url, headers.cookie], [url, undefined]);
  });

  it("obeys the same-origin policy: what OpenRouter doesn't open by CORS can't be read", async () => {
    const { fakeOpenRouter } = await control();
    ok(
      (await fetch(`${fakeOpenRouter}/`, { mode: "no-cors" })).type === "opaque",
      "the server can't be reached",
    );
    ok((await rejected(fetch(`${fakeOpenRouter}/`))) instanceof TypeError);
  });
});
