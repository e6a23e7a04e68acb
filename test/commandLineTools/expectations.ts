import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import { canFindProcesses, type OwnProcess } from "./ownProcesses";
import type { Ended } from "./runInShell";
import type { Sandbox } from "./sandbox";
import { answer } from "./servers";

/** What a tool must have done once it has answered: asked us, with our key, and nobody else. */
export function expectOnlyOurs(sandbox: Sandbox, { end, text }: Ended): void {
  const { fakeOpenRouter, otherServer } = sandbox;
  assert.equal(end, 0, text);
  assert.ok(text.includes(answer), text);
  assert.ok(fakeOpenRouter.chats.length > 0);
  expectOurKey(sandbox);
  expectNothingAt(otherServer);
  expectNoFileWithKey(sandbox);
  if (canFindProcesses) assert.deepEqual(sandbox.left(), []);
}

/** Starts a command in a terminal, waits until it asks a model, and closes the terminal. */
export async function askInWindow(sandbox: Sandbox, command: string): Promise<void> {
  const { chats } = sandbox.fakeOpenRouter;
  const before = chats.length;
  await sandbox.show(command, () => chats.length > before);
  expectOurKey(sandbox);
  expectNothingAt(sandbox.otherServer);
  expectNoFileWithKey(sandbox);
}

/** What a tool's own command ends may take a moment to do so. */
export async function expectToEnd(
  sandbox: Sandbox,
  isMeant: (process: OwnProcess) => boolean = () => true,
): Promise<void> {
  const deadline = Date.now() + 10_000;
  const left = () => sandbox.left().filter(isMeant);
  while (left().length > 0 && Date.now() < deadline) await setTimeout(50);
  assert.deepEqual(left(), []);
}

/** No tool has written our key down. */
const expectNoFileWithKey = (sandbox: Sandbox) => assert.deepEqual(sandbox.filesWithKey(), []);

/** All that asked a model had our key, and nothing of the user's own. */
function expectOurKey({ access, fakeOpenRouter }: Sandbox): void {
  for (const { headers } of fakeOpenRouter.chats) {
    assert.equal(headers.authorization, `Bearer ${access.key}`);
    assert.equal(headers["x-api-key"], undefined);
  }
  assert.equal(headersOf(fakeOpenRouter).includes(secretOfUser), false, "sends what is the user's own");
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
