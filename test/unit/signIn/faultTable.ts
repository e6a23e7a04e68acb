import { OpenRouterError, type OpenRouterFailure } from "../../../src/openrouter/errors";
import { SignInError, type SignInFailure } from "../../../src/signIn/errors";
import type { SignInHost } from "../../../src/signIn/signInHost";
import type { Fault as ServerFault } from "../../fakeOpenRouter/misbehaviour";
import type { Flow } from "./faultWorld";

const withList: readonly Flow[] = [
  { name: "uriCallback", id: "uriCallback" },
  { name: "uriCallback, in another window", id: "uriCallback", elsewhere: true },
  { name: "uriCallback, replacing a key", id: "uriCallback", answer: "replace" },
  { name: "loopback", id: "loopback" },
  { name: "loopback, keeping both keys", id: "loopback", answer: "keepBoth" },
  { name: "codeEntry", id: "codeEntry" },
];

/** Each flow, also where VS Code can't list secrets, so that an index is kept. */
export const flows: readonly Flow[] = withList.flatMap((flow) => [
  flow,
  { ...flow, name: `${flow.name}, with an index`, canList: "missing" },
]);

/** A fault outside of the secret storage, and the error that the user is shown, if any. */
export interface Fault {
  readonly name: string;
  readonly exchange?: ServerFault;
  /** A base URL that doesn't work. */
  readonly baseUrl?: (urls: Urls) => string;
  readonly host?: Partial<SignInHost>;
  /** The response never ends, so the time limit is reached. */
  readonly endless?: true;
  /** Whether this is the error that the user should be shown. */
  readonly shown: (error: unknown, flow: Flow) => boolean;
  /** Whether the flow connects despite the fault. */
  readonly connects?: (flow: Flow) => boolean;
}
export interface Urls {
  readonly fakeOpenRouter: string;
  /** A port where no server listens. */
  readonly closedPort: string;
  /** Another server, which must receive no requests. */
  readonly elsewhere: string;
}

const openRouter =
  (failure: OpenRouterFailure, details: Partial<OpenRouterError["details"]> = {}) =>
  (error: unknown) =>
    error instanceof OpenRouterError &&
    error.failure === failure &&
    JSON.stringify({ ...error.details, cause: undefined }) === JSON.stringify(details);
const signIn = (failure: SignInFailure) => (error: unknown) =>
  error instanceof SignInError && error.failure === failure;
const noError = () => false;
const always = () => true;

const status = (code: number, details: object = {}, headers: Record<string, string> = {}): Fault => ({
  name: [code, ...Object.keys(headers)].join(" with "),
  exchange: { answer: { status: code, headers } },
  shown: openRouter("status", { status: code, ...details }),
});

export const faults = ({ elsewhere }: Urls): readonly Fault[] => [
  {
    name: "DNS failure",
    baseUrl: () => "http://openrouter.invalid",
    shown: openRouter("network"),
  },
  { name: "connection refused", baseUrl: ({ closedPort }) => closedPort, shown: openRouter("network") },
  {
    name: "TLS error",
    baseUrl: ({ fakeOpenRouter }) => fakeOpenRouter.replace("http:", "https:"),
    shown: openRouter("tls"),
  },
  { name: "reset mid-body", exchange: { answer: "reset" }, shown: openRouter("network") },
  { name: "hang", exchange: { answer: "hang" }, endless: true, shown: openRouter("timeout") },
  { name: "slow drip", exchange: { answer: { drip: 1 } }, endless: true, shown: openRouter("timeout") },
  ...([301, 302, 303, 307, 308] as const).map((code) => ({
    name: `${code} to another host`,
    exchange: { answer: { redirect: `${elsewhere}/api/v1/auth/keys`, status: code } },
    shown: openRouter("redirected"),
  })),
  status(400, { code: "rejected" }),
  status(403, { code: "rejected" }),
  {
    name: "a firewall's 403",
    exchange: { answer: { status: 403, body: "<h1>Blocked</h1>" } },
    shown: openRouter("intermediary"),
  },
  {
    name: "403 expired",
    exchange: {
      answer: { status: 403, body: '{"error":{"code":403,"message":"Authorization code expired"}}' },
    },
    shown: openRouter("status", { status: 403, code: "expired" }),
  },
  status(405),
  status(429),
  status(429, { retryAfter: 7000 }, { "Retry-After": "7" }),
  status(500),
  status(502),
  status(503),
  status(503, { retryAfter: 120_000 }, { "Retry-After": "120" }),
  { name: "HTML instead of JSON", exchange: { answer: "html" }, shown: openRouter("intermediary") },
  { name: "truncated JSON", exchange: { answer: "truncated" }, shown: openRouter("answer") },
  { name: "10 MB", exchange: { answer: "huge" }, shown: openRouter("answer") },
  { name: "wrong types", exchange: { answer: "wrongTypes" }, shown: openRouter("answer") },
  { name: "no key", exchange: { answer: { fields: { key: undefined } } }, shown: openRouter("answer") },
  { name: "an empty key", exchange: { answer: { fields: { key: "" } } }, shown: openRouter("answer") },
  {
    name: "control characters in the key",
    exchange: { answer: { fields: { key: "sk-or-v1-\u0007\n" } } },
    shown: openRouter("answer"),
  },
  {
    name: "null user",
    exchange: { answer: { fields: { user_id: null } } },
    shown: noError,
    connects: always,
  },
  { name: "openExternal false", host: { openExternal: async () => false }, shown: noError, connects: always },
  {
    name: "openExternal throwing",
    host: { openExternal: () => Promise.reject(new Error("No browser")) },
    shown: noError,
    connects: always,
  },
  {
    name: "asExternalUri throwing",
    host: { callbackUrl: () => Promise.reject(new Error("No tunnel")) },
    shown: signIn("noCallbackUrl"),
    connects: ({ id }) => id !== "uriCallback",
  },
  {
    name: "asExternalUri returning a URL that OpenRouter rejects",
    host: { callbackUrl: async (query) => `http://code.example.com/callback?${query}` },
    shown: signIn("noCallbackUrl"),
    connects: ({ id }) => id !== "uriCallback",
  },
];
