// Over real connections, in Node: what is canceled is closed, and what ended by itself is used again.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { type ChatOptions, streamChat } from "../../../src/models/streamChat";
import { body, events, fails, finish, stream, text } from "./streams";

/** A server that answers like this, and the ports that its clients came from. */
async function serve(t: TestContext, respond: (response: ServerResponse, request: IncomingMessage) => void) {
  const ports: (number | undefined)[] = [];
  const server = createServer((request, response) => {
    ports.push(request.socket.remotePort);
    request.resume();
    respond(response, request);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { ports, baseUrl: `http://127.0.0.1:${port}` };
}

const ask = (baseUrl: string, options: Partial<ChatOptions> = {}, report = () => {}) =>
  streamChat(body, { fetch, baseUrl, key: "k", signal: new AbortController().signal, ...options }, report);

const head = (response: ServerResponse) => response.writeHead(200, { "Content-Type": "text/event-stream" });

test("cancelling closes the connection, in the stream and while there is no response", async (t) => {
  for (const answersAtOnce of [true, false]) {
    const cancel = new AbortController();
    const asked = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const { baseUrl } = await serve(t, (response, { socket }) => {
      closed = once(socket, "close");
      if (answersAtOnce) head(response).write(events(text("Hi")));
      else asked.abort();
    });
    const answer = ask(baseUrl, { signal: cancel.signal }, () => asked.abort());
    answer.catch(() => {});
    if (!asked.signal.aborted) await once(asked.signal, "abort");
    cancel.abort(new Error("Stop"));
    await assert.rejects(answer, new Error("Stop"));
    await closed;
  }
});

test("an error in a stream closes the connection, although the stream goes on", async (t) => {
  let closed: Promise<unknown> = Promise.resolve();
  const { baseUrl } = await serve(t, (response, { socket }) => {
    closed = once(socket, "close");
    head(response).write(events("no JSON"));
  });
  await assert.rejects(ask(baseUrl), fails("badStream"));
  await closed;
});

test("the next request goes over the same connection", async (t) => {
  const { baseUrl, ports } = await serve(t, (response) => {
    head(response).write(stream(text("Hi"), finish("stop")));
    setImmediate(() => response.end()); // a moment after [DONE]
  });
  // Usually the second, unless that comes sooner than the end of the first.
  for (let i = 0; i < 100 && new Set(ports).size === ports.length; i++) {
    assert.equal((await ask(baseUrl)).finishReason, "stop");
  }
  assert.ok(ports.length < 100);
});

test("a connection that goes on after the end is closed", async (t) => {
  let closed: Promise<unknown> = Promise.resolve();
  const { baseUrl } = await serve(t, (response, { socket }) => {
    closed = once(socket, "close");
    head(response).write(stream(text("Hi"), finish("stop")));
  });
  assert.equal((await ask(baseUrl)).finishReason, "stop");
  await closed;
});

test("interrupted: the server closes the connection in mid-stream", async (t) => {
  const { baseUrl } = await serve(t, (response, { socket }) => {
    head(response).write(events(text("Hi")), () => socket.destroy());
  });
  await assert.rejects(ask(baseUrl), fails("interrupted"));
});

test("network: the server closes the connection before it answers", async (t) => {
  let requests = 0;
  const { baseUrl } = await serve(t, (_, { socket }) => {
    requests++;
    socket.destroy();
  });
  await assert.rejects(ask(baseUrl), fails("network"));
  assert.equal(requests, 1);
});
