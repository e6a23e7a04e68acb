import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { noteSecret } from "../audit/secrets.mjs";
import { problem } from "./answer";
import type { ApiParts } from "./api";
import { type Decision, decide, type Outcome } from "./authorization";
import { type AuthRequest, parseAuthQuery } from "./authRequest";
import { callbackReceiver } from "./callback";
import { Codes } from "./codes";
import { deliver } from "./delivery";
import { createKey, type IssuedKey } from "./keys";
import { listen } from "./listen";
import { type Misbehaviour, Misbehaviours } from "./misbehaviour";
import { route } from "./routes";

export interface StandInOptions {
  /** Default "127.0.0.2", which VS Code doesn't forward; `[::1]` where that cannot be bound. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Milliseconds since 1970; by default the clock. */
  now?: () => number;
}

/** Our fake OpenRouter: what its guide "OAuth PKCE" and its OpenAPI document say, as a local server. */
export interface FakeOpenRouter {
  /** Like `http://127.0.0.2:12345`, without a slash at the end. */
  readonly url: string;
  /** Everything that arrived over HTTP, oldest first. */
  readonly requests: RecordedRequest[];
  /** All keys that exist. Mutable: spend, disable, expire. */
  readonly keys: IssuedKey[];
  /** The code that was issued last. */
  readonly lastCode: string | undefined;
  /** Who is signed in at the fake OpenRouter and gets the next keys. */
  userId: string | null;
  /** Merged over what is set; a part that is given replaces the one before and counts anew. */
  misbehave(behaviour: Misbehaviour): void;
  /** Back to normal. */
  behave(): void;
  /**
   * What pressing Approve on the page does, without browser and HTTP: the address where the browser would go, or
   * `undefined` in headless mode, whose code is `lastCode`. Throws where the page would refuse the request.
   */
  approve(authUrl: string): Promise<string | undefined>;
  /** The same for Deny. */
  deny(authUrl: string): Promise<string | undefined>;
  /** An existing key; with `isManagementKey` one for `/auth/keys/code`. */
  addKey(partial?: Partial<IssuedKey>): IssuedKey;
  /** Ends every socket too. */
  close(): Promise<void>;
}

export interface RecordedRequest {
  method: string;
  /** The raw request target, byte for byte as on the wire. */
  url: string;
  headers: IncomingHttpHeaders;
  body?: string;
  at: number;
}

export async function startFakeOpenRouter(options: StandInOptions = {}): Promise<FakeOpenRouter> {
  const { host = "127.0.0.2", port = 0, now = Date.now } = options;
  const requests: RecordedRequest[] = [];
  const keys: IssuedKey[] = [];
  const codes = new Codes(now);
  const misbehaviours = new Misbehaviours();
  const closing = new AbortController();

  const parts: ApiParts = {
    codes,
    keys,
    now,
    issueCode: (request, fault = misbehaviours.signIn()) =>
      codes.issue({ ...request, terms: { ...request.terms, ...fault.terms } }, fault.codes),
    issueKey: ({ callbackUrl, keyLabel, workspaceId, terms }) => {
      const label = keyLabel ?? (callbackUrl === undefined ? "an app" : callbackReceiver(callbackUrl));
      return fakeOpenRouter.addKey({ label, ...terms, ...(workspaceId && { workspaceId }) });
    },
  };

  function decideOn(request: AuthRequest, decision: Decision): Outcome {
    return decide(request, decision, misbehaviours.signIn(), parts.issueCode);
  }

  async function decideWithoutBrowser(authUrl: string, approved: boolean): Promise<string | undefined> {
    const [address, query = ""] = authUrl.replace(/#.*$/s, "").split(/\?(.*)/s);
    if (address !== `${fakeOpenRouter.url}/auth`)
      throw new Error(`Not the fake OpenRouter's page: ${address}`);
    const outcome = decideOn(parseAuthQuery(query), { approved });
    return "location" in outcome ? outcome.location : undefined;
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const body = await text(request);
    const recorded = { method, url, headers, ...(body && { body }), at: now() };
    requests.push(recorded);
    // OpenRouter's own demo calls the API from pages of other origins.
    if (url.startsWith("/api/")) response.setHeader("Access-Control-Allow-Origin", "*");
    if (url.startsWith("/api/") && method === "OPTIONS") {
      response.setHeader("Access-Control-Allow-Methods", "GET, POST");
      response.setHeader("Access-Control-Allow-Headers", "content-type, authorization");
      response.writeHead(204).end();
      return;
    }
    const { endpoint, handle } = route(recorded, parts, decideOn);
    await deliver(response, handle, endpoint && misbehaviours.fault(endpoint), closing.signal);
  }

  const server = createServer((request, response) => {
    respond(request, response).catch((error) => {
      // A client that went away and our own closing end here too: then only the socket is left to end.
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
    url: await listen(server, host, port),
    requests,
    keys,
    get lastCode() {
      return codes.last;
    },
    userId: "user_2yOPcMpKoQhcd4bVgSMlELRaIah",
    misbehave: (behaviour) => misbehaviours.merge(behaviour),
    behave: () => misbehaviours.clear(),
    approve: (authUrl) => decideWithoutBrowser(authUrl, true),
    deny: (authUrl) => decideWithoutBrowser(authUrl, false),
    addKey(partial = {}) {
      const issued = createKey({ userId: fakeOpenRouter.userId, ...partial });
      keys.push(issued);
      noteSecret("fake OpenRouter", "key", issued.key);
      return issued;
    },
    async close() {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve)); // Resolves when it is closed already, too.
      server.closeAllConnections();
      await closed;
    },
  };
  return fakeOpenRouter;
}
