import { deepEqual, equal } from "node:assert/strict";
import { EventEmitter, type InputBox, type MessageItem, window } from "vscode";
import type { Session } from "../../../src/sessions/session";
import { SessionStore } from "../../../src/sessions/sessionStore";
import type { SignInHost } from "../../../src/signIn/signInHost";
import { KeyCommands } from "../../../src/vscode/keys/keyCommands";
import { noLog } from "../../fakes/editor";
import { FakeSecretStorage, noIndex } from "../../fakes/secrets";

const old: Session = {
  version: 1,
  id: "a",
  key: "sk-or-v1-old",
  account: { id: "user", label: "label" },
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
};
const successor: Session = { ...old, key: "sk-or-v1-new" };

describe("The commands about keys", () => {
  const { createInputBox, showInformationMessage, showWarningMessage } = window;
  let store: SessionStore;
  let keys: KeyCommands;
  /** What happens while each question is open, and the button that ends it. */
  let answers: (() => Promise<string | undefined>)[];

  beforeEach(async () => {
    store = new SessionStore(new FakeSecretStorage().window(), noIndex, () => 1);
    await store.put(old);
    answers = [];
    const host: Partial<SignInHost> = {
      fetch: async () =>
        Response.json({ data: { limit: null, creator_user_id: "user", is_management_key: false } }),
      log: noLog,
      now: () => 1,
      settings: () => ({ baseUrl: old.baseUrl, requestedTerms: {} }),
    };
    keys = new KeyCommands(store, host as SignInHost);
    const answer = async () => answers.shift()?.();
    Object.assign(window, {
      showWarningMessage: answer,
      showInformationMessage: answer as unknown as () => Thenable<MessageItem | undefined>,
    });
  });
  afterEach(() => {
    Object.assign(window, { createInputBox, showInformationMessage, showWarningMessage });
    keys.dispose();
    store.dispose();
  });

  it("don't disconnect the key that took the place of the one that was asked about", async () => {
    const replaced = async () => {
      await store.put(successor);
      return "Disconnect";
    };
    let asked = false;
    answers = [
      replaced,
      async () => {
        asked = true;
        return undefined;
      },
    ];
    await keys.disconnect();
    deepEqual(await store.list(), [successor]);
    equal(asked, true, "the person is asked about the other key");
  });

  it("put a disconnected key back beside the one that took its place", async () => {
    const replaced = async () => {
      await store.put(successor);
      return "Undo";
    };
    answers = [async () => "Disconnect", replaced];
    await keys.disconnect();
    deepEqual((await store.list()).map(({ key }) => key).sort(), [successor.key, old.key]);
  });

  it("put a disconnected key back as it was", async () => {
    answers = [async () => "Disconnect", async () => "Undo"];
    await keys.disconnect();
    deepEqual(await store.list(), [old]);
  });

  it("take a key again that OpenRouter had refused, and accepts", async () => {
    await store.markRefused(old);
    const accept = new EventEmitter<void>();
    const nothing = new EventEmitter<never>().event;
    const box: Partial<InputBox> = {
      value: old.key,
      onDidAccept: accept.event,
      onDidHide: nothing,
      onDidChangeValue: nothing,
      onDidTriggerButton: nothing,
      show: () => accept.fire(),
      dispose() {},
    };
    Object.assign(window, { createInputBox: () => box });
    await keys.addApiKey();
    const [session, ...more] = await store.list();
    deepEqual([session?.id, session?.key, session?.refused, more.length], [old.id, old.key, undefined, 0]);
  });
});
