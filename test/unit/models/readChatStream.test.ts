// What happens while a stream comes: silence, and cancelling.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { FakeClock } from "../../fakes/clock";
import { ask, Body, events, fails, finish, piece, said, streamResponse, text, toolCalls } from "./streams";

const clock = new FakeClock();
beforeEach(() => clock.install());
afterEach(() => {
  clock.uninstall();
  clock.clear();
});
const now = () => clock.now;
/** Real ones, which would keep the process. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout");
const comment = ": OPENROUTER PROCESSING\n\n";

describe("silence", () => {
  test("timeout: no first byte", async () => {
    const answering = new Body();
    const { answer } = ask(answering.stream, { now });
    await answering.read();
    clock.advance(119_999);
    await answering.read();
    assert.equal(answering.isCanceled, false);
    clock.advance(1);
    await assert.rejects(answer, fails("timeout"));
    assert.ok(answering.isCanceled);
  });

  test("stalled: nothing comes any more, counted from the last byte", async () => {
    const answering = new Body();
    const { answer, parts } = ask(answering.stream, { now });
    answering.write(events(text("Once")));
    await answering.read();
    clock.advance(100_000);
    answering.write("da"); // a byte is life
    await answering.read();
    clock.advance(100_000);
    answering.write('ta: {"choices":[{"delta":{"content":" upon"}}]}\n\n');
    await answering.read();
    for (const time of [110_000, 9_999]) {
      clock.advance(time);
      await answering.read();
      assert.equal(answering.isCanceled, false);
    }
    clock.advance(1);
    await assert.rejects(answer, fails("stalled"));
    assert.ok(answering.isCanceled);
    assert.equal(said(parts), "Once upon");
    assert.equal(clock.pending(), 0);
  });

  test("comments are life", async () => {
    const answering = new Body();
    const { answer, parts } = ask(answering.stream, { now });
    for (let minutes = 0; minutes < 20; minutes++) {
      answering.write(comment);
      await answering.read();
      clock.advance(60_000);
    }
    answering.write(events(text("Hi"), finish("stop"), "[DONE]"));
    await answer;
    assert.equal(said(parts), "Hi");
  });

  test("an event is life for another half an hour", async () => {
    const answering = new Body();
    const { answer, parts } = ask(answering.stream, { now });
    for (let minutes = 0; minutes < 50; minutes++) {
      answering.write(minutes % 20 === 19 ? events(text("Hi")) : comment);
      await answering.read();
      clock.advance(60_000);
    }
    answering.write(events(finish("stop"), "[DONE]"));
    await answer;
    assert.equal(said(parts), "HiHi");
  });

  test("stalled: nothing but comments for half an hour", async () => {
    const answering = new Body();
    const { answer } = ask(answering.stream, { now });
    for (let minutes = 0; minutes < 29; minutes++) {
      answering.write(comment);
      await answering.read();
      clock.advance(60_000);
    }
    assert.equal(answering.isCanceled, false);
    answering.write(comment);
    await answering.read();
    clock.advance(60_000);
    await assert.rejects(answer, fails("stalled"));
  });

  test("the limit can be another", async () => {
    const answering = new Body();
    const { answer } = ask(answering.stream, { now, stallLimit: 30_000 });
    await answering.read();
    clock.advance(30_000);
    await assert.rejects(answer, fails("timeout"));
  });

  test("right: nothing comes after the answer, which isn't waited for long", async () => {
    const answering = new Body();
    const { answer, parts } = ask(answering.stream, { now });
    answering.write(events(text("Hi"), toolCalls(piece(0, "{}", { id: "a" }, "edit")), finish("tool_calls")));
    await answering.read();
    clock.advance(10_000);
    assert.equal((await answer).finishReason, "tool_calls");
    assert.equal(parts.length, 2);
    assert.ok(answering.isCanceled);
  });
});

describe("the end", () => {
  test("is [DONE], whatever the connection does", async () => {
    const before = timers();
    const answering = new Body();
    const { answer } = ask(answering.stream, { now });
    answering.write(events(text("Hi"), finish("stop"), "[DONE]"));
    assert.equal((await answer).finishReason, "stop");
    assert.equal(clock.pending(), 0);
    answering.break(); // nobody has to know
    await answering.read();
    assert.deepEqual(timers(), before);
  });
});

describe("cancelling", () => {
  const stop = new Error("Stopped by the user");
  const start = (answers: Parameters<typeof ask>[0]) => {
    const cancel = new AbortController();
    return { ...ask(answers, { now, signal: cancel.signal }), cancel };
  };
  const isCanceled = async ({ answer, logged }: Pick<ReturnType<typeof start>, "answer" | "logged">) => {
    await assert.rejects(answer, stop);
    assert.match(logged.at(-1) ?? "", /: canceled, /);
    assert.equal(clock.pending(), 0);
  };

  test("before it begins sends nothing", async () => {
    const signal = AbortSignal.abort(stop);
    const { requests, answer } = ask([], { signal });
    await assert.rejects(answer, stop);
    assert.deepEqual(requests, []);
  });

  test("while there is no response", async () => {
    const asked = start(() => new Promise(() => {}));
    await new Promise((resolve) => setImmediate(resolve));
    asked.cancel.abort(stop);
    await isCanceled(asked);
    assert.equal(asked.requests[0]?.init.signal?.aborted, true);
  });

  test("between the response and the first byte, and after some", async () => {
    for (const written of ["", events(text("Hi"))]) {
      const answering = new Body();
      const asked = start(answering.stream);
      answering.write(written);
      await answering.read();
      asked.cancel.abort(stop);
      await isCanceled(asked);
      assert.ok(answering.isCanceled);
    }
  });

  test("while an error's body comes", async () => {
    const asked = start(new Response(new Body().stream, { status: 400 }));
    await new Promise((resolve) => setImmediate(resolve));
    asked.cancel.abort(stop);
    await isCanceled(asked);
  });

  test("in the wait before the second attempt, which then isn't made", async () => {
    const asked = start(new Response("", { status: 429, headers: { "Retry-After": "10" } }));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(clock.pending(10_000), 1);
    asked.cancel.abort(stop);
    await isCanceled(asked);
    clock.advance(20_000);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(asked.requests.length, 1);
  });

  test("a response that comes all the same is closed unread", async () => {
    const answering = new Body();
    let respond = (_: Response) => {};
    const asked = start(() => new Promise((resolve) => (respond = resolve)));
    await answering.read();
    asked.cancel.abort(stop);
    await isCanceled(asked);
    answering.write(events(text("Hi"), finish("stop"), "[DONE]"));
    respond(streamResponse(answering.stream));
    await answering.read();
    assert.deepEqual(asked.parts, []);
    assert.ok(answering.isCanceled);
  });

  test("nothing is reported any more, not even of the same bytes", async () => {
    const answering = new Body();
    const cancel = new AbortController();
    const parts: unknown[] = [];
    const asked = ask(answering.stream, { now, signal: cancel.signal });
    asked.parts.push = (part) => {
      cancel.abort(stop);
      return parts.push(part);
    };
    answering.write(events(text("One"), text("Two"), finish("stop"), "[DONE]"));
    await isCanceled(asked);
    assert.deepEqual(parts, [{ kind: "text", text: "One" }]);
    assert.ok(answering.isCanceled);
  });

  test("after the end changes nothing", async () => {
    const answering = new Body();
    const asked = start(answering.stream);
    answering.write(events(text("Hi"), finish("stop"), "[DONE]"));
    await asked.answer;
    asked.cancel.abort(stop);
    assert.equal((await asked.answer).finishReason, "stop");
  });
});

test("what the caller throws while it takes a part is the caller's, and closes the connection", async () => {
  const answering = new Body();
  const asked = ask(answering.stream, { now });
  asked.parts.push = () => {
    throw new RangeError("mine");
  };
  answering.write(events(text("Hi")));
  await assert.rejects(asked.answer, RangeError);
  assert.ok(answering.isCanceled);
});
