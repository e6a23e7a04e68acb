import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { noteSecret } from "../audit/secrets.mjs";
import { problem } from "./answer";
import { type Decision, decide, type Edits, type Outcome } from "./authorization";
import { type AuthRequest, parseAuthQuery } from "./authRequest";
import { callbackName } from "./callback";
import type { ChatParts } from "./chatEndpoint";
import { type Script, Scripts } from "./chatScript";
import { Codes } from "./codes";
import { allowOtherOrigins } from "./crossOrigin";
import { deliver } from "./delivery";
import type { FakeModel } from "./fakeModel";
import { createKey, type IssuedKey, spend } from "./keys";
import { listen } from "./listen";
import { type Misbehaviour, Misbehaviours } from "./misbehaviour";
import { defaultModels } from "./models";
import type { RecordedChat } from "./recordedChat";
import { route } from "./routes";

export interface FakeOpenRouterOptions {
  /** Default "127.0.0.2", which VS Code doesn't forward, or `[::1]` if that can't be bound. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Where everything is below, as behind a gateway: "/gateway". Default "", the root. */
  path?: string;
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: () => number;
}

/**
 * Our fake OpenRouter: a local server that follows the guide "OAuth PKCE" and the OpenAPI document, and the real
 * OpenRouter where that was seen to do otherwise.
 */
export interface FakeOpenRouter {
  /** Like `http://127.0.0.2:12345`, with the path if there is one, and without a trailing slash. */
  readonly url: string;
  /** Everything that arrived over HTTP, oldest first. */
  readonly requests: RecordedRequest[];
  /** All keys that exist. Mutable: spend, disable, expire. */
  readonly keys: IssuedKey[];
  /** Everything that `/models` lists. Mutable. */
  models: FakeModel[];
  /** The models of the account's presets: `@preset/coding` is `{ coding: "anthropic/…" }`. Mutable. */
  presets: Record<string, string>;
  /** USD that the account has left. Each answer costs what its tokens cost. Default: without end. */
  credits: number;
  /** The requests that a model answered, oldest first: not those that were refused. */
  readonly chats: RecordedChat[];
  /**
   * How the next requests to a model are answered: one request by each script, and all others by the last one.
   * Without a script, as at the beginning, what was asked is repeated in a few pieces.
   */
  answer(...scripts: Script[]): void;
  /** The last code issued. */
  readonly lastCode: string | undefined;
  /** The user who is signed in at the fake OpenRouter, and who owns the next keys. */
  userId: string | null;
  /** Merged with the current behaviour. Each given part replaces the previous one, and its count starts again. */
  misbehave(behaviour: Misbehaviour): void;
  /** Back to normal. */
  behave(): void;
  /**
   * Does what pressing Authorize on the page does, without a browser or HTTP, after editing what is on it. Returns
   * the URL that the browser would be redirected to, or `undefined` in headless mode, where the code is `lastCode`.
   * Throws if the page would reject the request.
   */
  authorize(authUrl: string, edits?: Edits): Promise<string | undefined>;
  /** The same for the Deny button. */
  deny(authUrl: string): Promise<string | undefined>;
  /** Adds an existing key. `/auth/keys/code` requires one with `isManagementKey`. */
  addKey(partial?: Partial<IssuedKey>): IssuedKey;
  /** Also closes every socket. */
  close(): Promise<void>;
}

export interface RecordedRequest {
  method: string;
  /** The raw request target, byte for byte. */
  url: string;
  headers: IncomingHttpHeaders;
  body?: string;
  at: number;
}

export async function startFakeOpenRouter(options: FakeOpenRouterOptions = {}): Promise<FakeOpenRouter> {
  const { host = "127.0.0.2", port = 0, path = "", now = Date.now } = options;
  const requests: RecordedRequest[] = [];
  const keys: IssuedKey[] = [];
  const codes = new Codes(now);
  const misbehaviours = new Misbehaviours();
  const closing = new AbortController();
  const scripts = new Scripts();
  const chats: RecordedChat[] = [];

  const parts: ChatParts = {
    codes,
    keys,
    now,
    asInGuide: () => misbehaviours.asInGuide,
    issueCode: (request, fault = misbehaviours.signIn()) =>
      codes.issue({ ...request, terms: { ...request.terms, ...fault.terms } }, fault.codes),
    issueKey: ({ callbackUrl, keyLabel, workspaceId, terms }) => {
      const label = keyLabel ?? callbackName(callbackUrl);
      return fakeOpenRouter.addKey({ label, ...terms, ...(workspaceId && { workspaceId }) });
    },
    get models() {
      return fakeOpenRouter.models;
    },
    get presets() {
      return fakeOpenRouter.presets;
    },
    scripts,
    chats,
    reasoningMemory: new Map(),
    credits: () => fakeOpenRouter.credits,
    charge(key, usd) {
      spend(key, usd);
      fakeOpenRouter.credits -= usd;
    },
  };

  function decideOn(request: AuthRequest, decision: Decision): Outcome {
    return decide(request, decision, misbehaviours.signIn(), misbehaviours.asInGuide, parts.issueCode);
  }

  async function decideWithoutBrowser(authUrl: string, decision: Decision): Promise<string | undefined> {
    const [page, query = ""] = authUrl.replace(/#.*$/s, "").split(/\?(.*)/s);
    if (page !== `${fakeOpenRouter.url}/auth`) throw new Error(`Not the fake OpenRouter's page: ${page}`);
    const outcome = decideOn(parseAuthQuery(query), decision);
    return "location" in outcome ? outcome.location : undefined;
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const body = await text(request);
    const recorded = { method, url, headers, ...(body && { body }), at: now() };
    requests.push(recorded);
    const target = url.startsWith(`${path}/`) ? url.slice(path.length) : "";
    if (allowOtherOrigins(method, target, response)) return;
    const { endpoint, handle, problem: inForm } = route({ ...recorded, url: target }, parts, decideOn);
    const fault = endpoint && misbehaviours.fault(endpoint);
    await deliver(response, () => handle(fault), fault, closing.signal, inForm);
  }

  const server = createServer((request, response) => {
    respond(request, response).catch((error) => {
      // Also reached when the client disconnects or we close: then only the socket is left to destroy.
      if (closing.signal.aborted || response.headersSent || response.destroyed) response.destroy();
      else
        deliver(
          response,
          () => problem(500, `Bug in the fake OpenRouter: ${error}`),
          undefined,
          closing.signal,
        );
    });
  });

  const fakeOpenRouter: FakeOpenRouter = {
    url: (await listen(server, host, port)) + path,
    requests,
    keys,
    models: defaultModels(),
    presets: { coding: "anthropic/claude-sonnet-4.5" },
    credits: Number.POSITIVE_INFINITY,
    chats,
    answer: (...next) => scripts.set(next),
    get lastCode() {
      return codes.last;
    },
    userId: "user_2yOPcMpKoQhcd4bVgSMlELRaIah",
    misbehave: (behaviour) => misbehaviours.merge(behaviour),
    behave: () => misbehaviours.clear(),
    authorize: (authUrl, edits) => decideWithoutBrowser(authUrl, { ...edits, authorized: true }),
    deny: (authUrl) => decideWithoutBrowser(authUrl, { authorized: false }),
    addKey(partial = {}) {
      const issued = createKey({ userId: fakeOpenRouter.userId, ...partial });
      keys.push(issued);
      noteSecret("fake OpenRouter", "key", issued.key);
      return issued;
    },
    async close() {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve)); // Also resolves if it is closed already.
      server.closeAllConnections();
      await closed;
    },
  };
  return fakeOpenRouter;
}
