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

test("the callback is delivered, the browser gets the page, and the server is gone", async (t) => {
  const { url, delivered } = await start(t);
  assert.match(url.href, /^http:\/\/127\.0\.0\.1:\d+\/callback\?state=the-state$/);
  url.searchParams.set("code", "a+b &=%");
  const answer = await send(url);
  assert.equal(answer.status, 200);
  assert.equal(answer.body, page);
  assert.equal(answer.headers["content-security-policy"], "default-src 'none'; style-src 'unsafe-inline'");
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
  assert.equal(answer.headers["referrer-policy"], "no-referrer");
  assert.equal(answer.headers.connection, "close");
  assert.deepEqual(delivered, [{ kind: "code", code: "a+b &=%", state }]);
  assert.equal(await isClosed(url), true);
});

test("a denial is delivered, with its state or without", async (t) => {
  for (const query of [`state=${state}&error=access_denied`, "error=access_denied"]) {
    const { url, delivered } = await start(t);
    assert.equal((await send(url, { path: `/callback?${query}` })).status, 200);
    assert.deepEqual(delivered, [{ kind: "denied", error: "access_denied", state }]);
  }
});

test("nothing else is answered with more than 404, nor ends the waiting", async (t) => {
  const { url, delivered } = await start(t);
  const good = `/callback?state=${state}&code=c`;
  for (const wrong of [
    { path: "/" },
    { path: "/favicon.ico" },
    { path: "/callback" },
    { path: `/callback?state=${state}` },
    { path: "/callback?code=c" },
    { path: "/callback?state=guessed&code=c" },
    { path: "/callback?state=guessed&error=access_denied" },
    { path: `${good}&code=d` },
    { path: good, method: "POST" },
    { path: good, method: "HEAD" },
    { path: good, host: "localhost.attacker.example" },
    { path: good, host: `localhost:${url.port}` },
  ]) {
    const answer = await send(url, wrong);
    assert.deepEqual([answer.status, answer.body], [404, ""], JSON.stringify(wrong));
  }
  assert.deepEqual(delivered, []);
  assert.equal((await send(url, { path: good })).status, 200);
  assert.equal(delivered.length, 1);
});

test("of two good callbacks at the same moment one counts", async (t) => {
  const { url, delivered } = await start(t);
  url.searchParams.set("code", "c");
  const answers = await Promise.allSettled([send(url), send(url)]);
  assert.equal(
    answers.filter((answer) => answer.status === "fulfilled" && answer.value.status === 200).length,
    1,
  );
  assert.equal(delivered.length, 1);
});

test("disposing ends the server and idle connections", async (t) => {
  const { loopback, url } = await start(t);
  const socket = connect(Number(url.port), url.hostname);
  await new Promise((resolve) => socket.once("connect", resolve));
  const ended = new Promise((resolve) => socket.once("close", resolve));
  loopback.dispose();
  await ended;
  assert.equal(await isClosed(url), true);
});

test("each has a port of its own", async (t) => {
  const ports = await Promise.all([start(t), start(t), start(t)]);
  assert.equal(new Set(ports.map(({ url }) => url.port)).size, 3);
});

test("it listens on 127.0.0.1 alone", async (t) => {
  const { url } = await start(t);
  const other = new URL(url);
  other.hostname = "127.0.0.3";
  assert.equal(await isClosed(other), true);
});
