import assert from "node:assert/strict";
import { test } from "node:test";
import { networkFailure } from "../../../src/openrouter/networkFailure";

const cases: [what: string, expected: string, error: unknown][] = [
  ["what isn't an error", "network", "refused"],
  ["the name of another host", "network", new Error("connect ECONNREFUSED certs.example.com:443")],
  ["a server's certificate", "tls", new Error("unable to verify leaf signature")],
  ["a cause", "tls", new Error("fetch failed", { cause: new Error("TLS handshake failed") })],
  ["a code", "tls", new Error("failed", { cause: Object.assign(new Error(), { code: "ERR_TLS_X" }) })],
  ["a redirect", "redirected", new Error("net::ERR_TOO_MANY_REDIRECTS")],
  ["a tunnel", "proxy", new Error("net::ERR_TUNNEL_CONNECTION_FAILED")],
  ["a proxy's name", "proxy", Object.assign(new Error("ENOTFOUND"), { hostname: "gateway" })],
  ["the server's name", "network", Object.assign(new Error("ENOTFOUND"), { hostname: "openrouter.ai" })],
  ["a name that is none", "network", Object.assign(new Error("ENOTFOUND"), { hostname: undefined })],
];
for (const [what, expected, error] of cases) {
  test(`where ${what} is all that is known of a failure, it is called ${expected}`, () => {
    assert.equal(networkFailure(error, "openrouter.ai"), expected);
  });
}
