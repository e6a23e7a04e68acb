import assert from "node:assert/strict";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { canFindProcesses } from "./ownProcesses";
import type { Ended } from "./runInShell";
import { answer, type Sandbox } from "./sandbox";

/** What a tool must have done once it has answered: asked us, with our key, and nobody else. */
export function expectOnlyOurs(sandbox: Sandbox, { end, text }: Ended): void {
  const { access, fakeOpenRouter, otherServer } = sandbox;
  const printed = text.replaceAll(access.key, "<our key>");
  assert.equal(end, 0, printed);
  assert.ok(text.includes(answer), printed);
  assert.ok(fakeOpenRouter.chats.length > 0);
  for (const { headers } of fakeOpenRouter.chats) {
    assert.equal(headers.authorization, `Bearer ${access.key}`);
    assert.equal(headers["x-api-key"], undefined);
  }
  assert.equal(headersOf(fakeOpenRouter).includes(secretOfUser), false, "sends what is the user's own");
  expectNothingAt(otherServer);
  if (canFindProcesses) assert.deepEqual(sandbox.left(), []);
}

/** The text in everything that a test gives a tool as the user's own. */
export const secretOfUser = "users-own-secret";

/** A server that got nothing. */
export function expectNothingAt({ requests }: FakeOpenRouter): void {
  assert.deepEqual(
    requests.map(({ method, url }) => `${method} ${url}`),
    [],
  );
}

/** The models that were asked. */
export const askedModels = ({ chats }: FakeOpenRouter) => [...new Set(chats.map(({ body }) => body.model))];

/** All headers that arrived, as text. */
export const headersOf = ({ requests }: FakeOpenRouter) =>
  requests.map(({ headers }) => JSON.stringify(headers)).join("\n");
