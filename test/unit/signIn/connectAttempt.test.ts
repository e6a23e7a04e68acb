import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { ConnectAttempt } from "../../../src/signIn/connectAttempt";
import { SignInCancelled, SignInError } from "../../../src/signIn/errors";
import type { FlowId } from "../../../src/signIn/flows";

/** An attempt whose flows end when the test says so, or when they are aborted. */
function start(signal = new AbortController().signal) {
  const flows = new Map<
    FlowId,
    { resolve(value: string): void; reject(error: unknown): void; signal: AbortSignal }
  >();
  const attempt = new ConnectAttempt<string>(
    (flow, end) =>
      new Promise((resolve, reject) => {
        flows.set(flow, { resolve, reject, signal: end });
        end.addEventListener("abort", () => reject(end.reason));
      }),
    signal,
  );
  const flow = (id: FlowId) => flows.get(id) ?? assert.fail(`${id} was not followed`);
  return { attempt, flow, flows };
}

test("what connects first ends the others", async () => {
  const { attempt, flow } = start();
  void attempt.start("uriCallback");
  void attempt.start("codeEntry");
  flow("codeEntry").resolve("by code");
  assert.equal(await attempt.result, "by code");
  assert.equal(flow("uriCallback").signal.aborted, true);
});

test("turning away from one way leaves the other open", async () => {
  const { attempt, flow } = start();
  void attempt.start("uriCallback");
  const code = attempt.start("codeEntry");
  flow("codeEntry").reject(new SignInCancelled());
  await code;
  assert.equal(flow("uriCallback").signal.aborted, false);
  void attempt.start("codeEntry"); // and it can be followed again
  flow("uriCallback").resolve("by callback");
  assert.equal(await attempt.result, "by callback");
});

test("a way that runs out of time leaves the other open, and is the end where it is the only one", async () => {
  const { attempt, flow } = start();
  const link = attempt.start("uriCallback");
  void attempt.start("codeEntry");
  flow("uriCallback").reject(new SignInError("timedOut"));
  await link;
  assert.equal(flow("codeEntry").signal.aborted, false);
  flow("codeEntry").reject(new SignInError("timedOut"));
  await assert.rejects(attempt.result, SignInError);
});

test("turning away from the only way cancels", async () => {
  const { attempt, flow } = start();
  void attempt.start("codeEntry");
  flow("codeEntry").reject(new SignInCancelled());
  await assert.rejects(attempt.result, SignInCancelled);
});

test("a failure ends all", async () => {
  const { attempt, flow } = start();
  void attempt.start("uriCallback");
  void attempt.start("loopback");
  flow("uriCallback").reject(new SignInError("denied"));
  await assert.rejects(attempt.result, /denied/);
  assert.equal(flow("loopback").signal.aborted, true);
});

test("the person's cancel ends all with its reason, and nothing is followed afterwards", async () => {
  const controller = new AbortController();
  const { attempt, flows } = start(controller.signal);
  void attempt.start("uriCallback");
  void attempt.start("loopback");
  controller.abort(new Error("cancelled"));
  await assert.rejects(attempt.result, /cancelled/);
  await attempt.start("codeEntry");
  assert.equal(flows.has("codeEntry"), false);
});

test("a way is followed once at a time", async () => {
  let runs = 0;
  const attempt = new ConnectAttempt(() => {
    runs++;
    return new Promise(() => {});
  }, new AbortController().signal);
  void attempt.start("loopback");
  void attempt.start("loopback");
  assert.equal(runs, 1);
});

test("what was cancelled before it began follows no way", async () => {
  const { attempt, flows } = start(AbortSignal.abort(new Error("cancelled")));
  await attempt.start("uriCallback");
  assert.equal(flows.size, 0);
});

test("after its end it listens for a cancel no more", async () => {
  const { signal } = new AbortController();
  const { attempt, flow } = start(signal);
  const followed = attempt.start("uriCallback");
  flow("uriCallback").resolve("by link");
  await followed;
  assert.equal(getEventListeners(signal, "abort").length, 0);
});
