import { OpenRouterError, type OpenRouterFailure } from "../../../src/openrouter/errors";
import { SignInError, type SignInFailure } from "../../../src/signIn/errors";
import type { SignInHost } from "../../../src/signIn/signInHost";
import type { Fault as ServerFault } from "../../fakeOpenRouter/misbehaviour";
import type { Way } from "./faultWorld";

const everywhere: readonly Way[] = [
  { name: "uriCallback", flow: "uriCallback" },
  { name: "uriCallback, in another window", flow: "uriCallback", elsewhere: true },
  { name: "uriCallback, replacing a key", flow: "uriCallback", answer: "replace" },
  { name: "loopback", flow: "loopback" },
  { name: "loopback, keeping both keys", flow: "loopback", answer: "keepBoth" },
  { name: "codeEntry", flow: "codeEntry" },
];

/** Each also where VS Code can't list secrets, so that an index is kept. */
export const ways: readonly Way[] = everywhere.flatMap((way) => [
  way,
  { ...way, name: `${way.name}, with an index`, canList: "missing" },
]);

/** What goes wrong outside of the secret storage, and what the person is to read; nothing where it connects. */
export interface Fault {
  readonly name: string;
  readonly exchange?: ServerFault;
  /** Where nobody answers. */
  readonly baseUrl?: (addresses: Addresses) => string;
  readonly host?: Partial<SignInHost>;
  /** The answer doesn't end by itself: the time limit is reached. */
  readonly endless?: true;
  /** Undefined where the fault doesn't keep the sign-in from connecting. */
  readonly told: (error: unknown, way: Way) => boolean;
  readonly connects?: (way: Way) => boolean;
}
export interface Addresses {
  readonly fakeOpenRouter: string;
  /** A port that nobody listens on. */
  readonly nobody: string;
  /** Another server, which must hear of nothing. */
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
const nothing = () => false;
const always = () => true;

const status = (code: number, details: object = {}, headers: Record<string, string> = {}): Fault => ({
  name: [code, ...Object.keys(headers)].join(" with "),
  exchange: { answer: { status: code, headers } },
  told: openRouter("status", { status: code, ...details }),
});

export const faults = ({ elsewhere }: Addresses): readonly Fault[] => [
  {
    name: "DNS failure",
    baseUrl: () => "http://openrouter.invalid",
    told: openRouter("network"),
  },
  { name: "connection refused", baseUrl: ({ nobody }) => nobody, told: openRouter("network") },
  {
    name: "TLS error",
    baseUrl: ({ fakeOpenRouter }) => fakeOpenRouter.replace("http:", "https:"),
    told: openRouter("tls"),
  },
  { name: "reset mid-body", exchange: { answer: "reset" }, told: openRouter("network") },
  { name: "hang", exchange: { answer: "hang" }, endless: true, told: openRouter("timeout") },
  { name: "slow drip", exchange: { answer: { drip: 1 } }, endless: true, told: openRouter("timeout") },
  ...([301, 302, 303, 307, 308] as const).map((code) => ({
    name: `${code} to another host`,
    exchange: { answer: { redirect: `${elsewhere}/api/v1/auth/keys`, status: code } },
    told: openRouter("network"),
  })),
  status(400),
  status(403),
  {
    name: "403 expired",
    exchange: {
      answer: { status: 403, body: '{"error":{"code":403,"message":"Authorization code expired"}}' },
    },
    told: openRouter("status", { status: 403, expiredCode: true }),
  },
  status(405),
  status(429),
  status(429, { retryAfter: 7000 }, { "Retry-After": "7" }),
  status(500),
  status(502),
  status(503),
  status(503, { retryAfter: 120_000 }, { "Retry-After": "120" }),
  { name: "HTML instead of JSON", exchange: { answer: "html" }, told: openRouter("answer") },
  { name: "truncated JSON", exchange: { answer: "truncated" }, told: openRouter("answer") },
  { name: "10 MB", exchange: { answer: "huge" }, told: openRouter("answer") },
  { name: "wrong types", exchange: { answer: "wrongTypes" }, told: openRouter("answer") },
  { name: "no key", exchange: { answer: { fields: { key: undefined } } }, told: openRouter("answer") },
  { name: "an empty key", exchange: { answer: { fields: { key: "" } } }, told: openRouter("answer") },
  {
    name: "control characters in the key",
    exchange: { answer: { fields: { key: "sk-or-v1-\u0007\n" } } },
    told: openRouter("answer"),
  },
  { name: "null user", exchange: { answer: { fields: { user_id: null } } }, told: nothing, connects: always },
  { name: "openExternal false", host: { openExternal: async () => false }, told: nothing, connects: always },
  {
    name: "openExternal throwing",
    host: { openExternal: () => Promise.reject(new Error("No browser")) },
    told: signIn("browserNotOpened"),
  },
  {
    name: "asExternalUri throwing",
    host: { callbackUrl: () => Promise.reject(new Error("No tunnel")) },
    told: signIn("noCallbackUrl"),
    connects: ({ flow }) => flow !== "uriCallback",
  },
  {
    name: "asExternalUri leading where OpenRouter doesn't",
    host: { callbackUrl: async (query) => `http://code.example.com/callback?${query}` },
    told: signIn("noCallbackUrl"),
    connects: ({ flow }) => flow !== "uriCallback",
  },
];
