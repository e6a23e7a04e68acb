import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import { startLoopbackServer } from "../../../src/signIn/loopbackServer";

const state = "the-state";
const page = "<!doctype html><h1>You can close this tab</h1>";

async function start(t: TestContext) {
  const delivered: unknown[] = [];
  const loopback = await startLoopbackServer(state, page, (callback) => void delivered.push(callback));
  t.after(() => loopback.dispose());
  return { loopback, delivered, url: new URL(loopback.callbackUrl(`state=${state}`)) };
}

/** Sends a request with full control over the Host header. */
const send = (url: URL, { path = url.pathname + url.search, method = "GET", host = url.host } = {}) =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = request(
        { host: url.hostname, port: url.port, path, method, headers: { host } },
        async (response) => {
          let body = "";
          for await (const chunk of response) body += chunk;
          resolve({ status: response.statusCode, headers: response.headers, body });
        },
      );
      sent.on("error", reject).end();
    },
  );

const isClosed = (url: URL) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(url.port), url.hostname);
    socket.on("connect", () => resolve(false)).on("error", () => resolve(true));
  });

test("the callback is delivered, the browser gets the page, and the server is closed", async (t) => {
  const { url, delivered } = await start(t);
  assert.match(url.href, /^http:\/\/127\.0\.0\.1:\d+\/callback\?state=the-state$/);
  url.searchParams.set("code", "a+b &=%");
  const response = await send(url);
  assert.equal(response.status, 200);
  assert.equal(response.body, page);
  assert.equal(response.headers["content-security-policy"], "default-src 'none'; style-src 'unsafe-inline'");
  assert.equal(response.headers["cache-control"], "no-store");
  assert.equal(response.headers["content-type"], "text/html; charset=utf-8");
  assert.equal(response.headers["referrer-policy"], "no-referrer");
  assert.equal(response.headers.connection, "close");
  assert.deepEqual(delivered, [{ kind: "code", code: "a+b &=%", state }]);
  assert.equal(await isClosed(url), true);
});

test("a denial is delivered: the state alone, or an error with or without it", async (t) => {
  for (const query of [`state=${state}`, `state=${state}&error=access_denied`, "error=access_denied"]) {
    const { url, delivered } = await start(t);
    assert.equal((await send(url, { path: `/callback?${query}` })).status, 200);
    assert.deepEqual(delivered, [{ kind: "denied", error: "access_denied", state }]);
  }
});

test("any other request gets a 404, and the server keeps waiting", async (t) => {
  const { url, delivered } = await start(t);
  const valid = `/callback?state=${state}&code=c`;
  for (const wrong of [
    { path: "/" },
    { path: "/favicon.ico" },
    { path: "/callback" },
    { path: "/callback?" },
    { path: "/callback?state=" },
    { path: "/callback?state=guessed" },
    { path: "/callback?code=c" },
    { path: "/callback?state=guessed&code=c" },
    { path: "/callback?state=guessed&error=access_denied" },
    { path: `${valid}&code=d` },
    { path: valid, method: "POST" },
    { path: valid, method: "HEAD" },
    { path: valid, host: "localhost.attacker.example" },
    { path: valid, host: `localhost:${url.port}` },
  ]) {
    const response = await send(url, wrong);
    assert.deepEqual([response.status, response.body], [404, ""], JSON.stringify(wrong));
  }
  assert.deepEqual(delivered, []);
  assert.equal((await send(url, { path: valid })).status, 200);
  assert.equal(delivered.length, 1);
});

test("of two valid callbacks at the same moment only one is delivered", async (t) => {
  const { url, delivered } = await start(t);
  url.searchParams.set("code", "c");
  const responses = await Promise.allSettled([send(url), send(url)]);
  assert.equal(
    responses.filter((response) => response.status === "fulfilled" && response.value.status === 200).length,
    1,
  );
  assert.equal(delivered.length, 1);
});

test("disposing closes the server and idle connections", async (t) => {
  const { loopback, url } = await start(t);
  const socket = connect(Number(url.port), url.hostname);
  await new Promise((resolve) => socket.once("connect", resolve));
  const ended = new Promise((resolve) => socket.once("close", resolve));
  loopback.dispose();
  await ended;
  assert.equal(await isClosed(url), true);
});

test("each server has its own port", async (t) => {
  const ports = await Promise.all([start(t), start(t), start(t)]);
  assert.equal(new Set(ports.map(({ url }) => url.port)).size, 3);
});

test("it listens only on 127.0.0.1", async (t) => {
  const { url } = await start(t);
  const other = new URL(url);
  other.hostname = "127.0.0.3";
  assert.equal(await isClosed(other), true);
});
