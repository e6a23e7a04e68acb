import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { ConnectAttempt } from "../../../src/signIn/connectAttempt";
import { SignInCanceled, SignInError } from "../../../src/signIn/errors";
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
  const flow = (id: FlowId) => flows.get(id) ?? assert.fail(`${id} was not started`);
  return { attempt, flow, flows };
}

test("the flow that connects first ends the others", async () => {
  const { attempt, flow } = start();
  void attempt.start("uriCallback");
  void attempt.start("codeEntry");
  flow("codeEntry").resolve("by code");
  assert.equal(await attempt.result, "by code");
  assert.equal(flow("uriCallback").signal.aborted, true);
});

test("canceling one flow leaves the other running", async () => {
  const { attempt, flow } = start();
  void attempt.start("uriCallback");
  const code = attempt.start("codeEntry");
  flow("codeEntry").reject(new SignInCanceled());
  await code;
  assert.equal(flow("uriCallback").signal.aborted, false);
  void attempt.start("codeEntry"); // and it can be started again
  flow("uriCallback").resolve("by callback");
  assert.equal(await attempt.result, "by callback");
});

test("a flow that times out leaves the other running, and ends the attempt if it is the last", async () => {
  const { attempt, flow } = start();
  const callback = attempt.start("uriCallback");
  void attempt.start("codeEntry");
  flow("uriCallback").reject(new SignInError("timedOut"));
  await callback;
  assert.equal(flow("codeEntry").signal.aborted, false);
  flow("codeEntry").reject(new SignInError("timedOut"));
  await assert.rejects(attempt.result, SignInError);
});

test("canceling the only flow cancels the attempt", async () => {
  const { attempt, flow } = start();
  void attempt.start("codeEntry");
  flow("codeEntry").reject(new SignInCanceled());
  await assert.rejects(attempt.result, SignInCanceled);
});

test("a failure ends all flows", async () => {
  const { attempt, flow } = start();
  void attempt.start("uriCallback");
  void attempt.start("loopback");
  flow("uriCallback").reject(new SignInError("denied"));
  await assert.rejects(attempt.result, /denied/);
  assert.equal(flow("loopback").signal.aborted, true);
});

test("when the user cancels, all flows end with that reason, and no flow starts afterwards", async () => {
  const controller = new AbortController();
  const { attempt, flows } = start(controller.signal);
  void attempt.start("uriCallback");
  void attempt.start("loopback");
  controller.abort(new Error("canceled"));
  await assert.rejects(attempt.result, /canceled/);
  await attempt.start("codeEntry");
  assert.equal(flows.has("codeEntry"), false);
});

test("a flow that is running isn't started again", async () => {
  let runs = 0;
  const attempt = new ConnectAttempt(() => {
    runs++;
    return new Promise(() => {});
  }, new AbortController().signal);
  void attempt.start("loopback");
  void attempt.start("loopback");
  assert.equal(runs, 1);
});

test("an attempt that was canceled before starts no flow", async () => {
  const { attempt, flows } = start(AbortSignal.abort(new Error("canceled")));
  await attempt.start("uriCallback");
  assert.equal(flows.size, 0);
});

test("after it ended, it no longer listens for a cancel", async () => {
  const { signal } = new AbortController();
  const { attempt, flow } = start(signal);
  const started = attempt.start("uriCallback");
  flow("uriCallback").resolve("by callback");
  await started;
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("an attempt that adopts what connected elsewhere ends its flows", async () => {
  const { attempt, flow, flows } = start();
  const started = attempt.start("uriCallback");
  attempt.adopt("by another attempt");
  assert.equal(await attempt.result, "by another attempt");
  assert.equal(flow("uriCallback").signal.aborted, true);
  await started;
  await attempt.start("codeEntry");
  assert.equal(flows.has("codeEntry"), false);
});
