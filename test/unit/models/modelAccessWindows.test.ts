import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { answerTime } from "../../../src/models/accessQuestions";
import { FakeClock } from "../../fakes/clock";
import { FakeSecretStorage } from "../../fakes/secrets";
import { session as sessionWith } from "../../fakes/windows";
import { openAccessWindow } from "./accessWindow";

const sessions = [sessionWith("a"), sessionWith("b")] as const;
const extensions = ["a.a", "A.a", "__proto__"] as const;
const key = (extension = "", session = "") => `${extension.toLowerCase()} ${session}`;

const window = fc.nat(1);
const [extension, session] = [fc.constantFrom(...extensions), fc.constantFrom(...sessions)];
const step = fc.oneof(
  fc.record({ kind: fc.constant("request" as const), window, extension, session }),
  fc.record({ kind: fc.constant("answer" as const), window, allowed: fc.option(fc.boolean()) }),
  fc.record({
    kind: fc.constant("decide" as const),
    ...{ window, extension, session, allowed: fc.option(fc.boolean()) },
  }),
  fc.record({ kind: fc.constant("timeOut" as const) }),
);

test("two windows: nothing is allowed without a yes, and no refusal is lost, in whatever order they read and write", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.nat(6)), { maxLength: 25 }),
      fc.scheduler(),
      async (steps, scheduler) => {
        const clock = new FakeClock();
        clock.install();
        const storage = new FakeSecretStorage();
        storage.interfere = (action, name) => scheduler.schedule(Promise.resolve(), `${action} ${name}`);
        const windows = [0, 1].map(() => openAccessWindow(storage, () => ++clock.now));
        /** What the user said last, and whether they ever said yes. */
        const last = new Map<string, boolean | null>();
        const everAllowed = new Set<string>();
        const said = (id: string, allowed: boolean | null) => {
          last.set(id, allowed);
          if (allowed) everAllowed.add(id);
        };
        const work: Promise<unknown>[] = [];
        try {
          for (const [next, reads] of steps) {
            const { access, open } = windows["window" in next ? next.window : 0] ?? assert.fail();
            if (next.kind === "timeOut") clock.advance(answerTime);
            if (next.kind === "request") {
              const id = key(next.extension, next.session.id);
              const request = access.check(next.extension, next.session);
              work.push(request.then((result) => assert.ok(result !== "allowed" || everAllowed.has(id), id)));
            }
            if (next.kind === "answer" && open[0]) {
              const { extension, session, answer } = open[0];
              if (next.allowed !== null) said(key(extension, session.id), next.allowed);
              answer(next.allowed ?? undefined);
            }
            if (next.kind === "decide") {
              said(key(next.extension, next.session.id), next.allowed);
              work.push(access.set(next.extension, next.session.id, next.allowed ?? undefined));
            }
            // What was said counts at once in the same window.
            await Promise.resolve().then(() => {});
            await scheduler.waitNext(Math.min(reads, scheduler.count()));
          }
          // Nobody answers what is still open.
          for (;;) {
            await scheduler.waitIdle();
            if (clock.pending(answerTime) === 0) break;
            clock.advance(answerTime);
          }
          await Promise.all(work);
          // A write may have timed out: it is made up for by the next request.
          for (const { access } of windows) await scheduler.waitFor(access.refresh());
          await scheduler.waitIdle();
          for (const { access, open } of windows) {
            for (const question of [...open]) question.answer(undefined);
            for (const session of sessions) {
              for (const extension of extensions) {
                const abort = new AbortController();
                abort.abort(); // asks nothing
                const check = access.check(extension, session, abort.signal);
                const result = await scheduler.waitFor(check);
                const expected = last.get(key(extension, session.id));
                if (typeof expected === "boolean") assert.equal(result, expected ? "allowed" : "denied");
                else assert.notEqual(result, "allowed");
              }
            }
          }
        } finally {
          clock.uninstall();
        }
      },
    ),
    { numRuns: 150 },
  );
});
