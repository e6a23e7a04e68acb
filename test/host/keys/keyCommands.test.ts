import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { commands, EventEmitter, type InputBox, type MessageItem, window } from "vscode";
import { SecretStorageError } from "../../../src/sessions/secretCollection";
import type { Session } from "../../../src/sessions/session";
import { SessionStore } from "../../../src/sessions/sessionStore";
import type { SignInHost } from "../../../src/signIn/signInHost";
import { KeyCommands } from "../../../src/vscode/keys/keyCommands";
import { noLog } from "../../fakes/editor";
import { FakeBrowser, FakeSecretStorage, noIndex } from "../../fakes/secrets";
import { readSlowly } from "../../fakes/slowReader";

const old: Session = {
  version: 2,
  id: "a",
  key: "sk-or-v1-old",
  label: "label",
  userId: "user",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
};
const successor: Session = { ...old, key: "sk-or-v1-new" };

describe("Key commands", () => {
  const { createInputBox, showInformationMessage, showWarningMessage } = window;
  let store: SessionStore;
  let keys: KeyCommands;
  let copied: string[];
  /** For each question: what happens while it is open, and the button that closes it. */
  let responses: (() => Promise<string | undefined>)[];

  const { executeCommand, getCommands } = commands;
  /** The commands that were run. */
  let ran: unknown[];

  /** The ids of the sessions that were added. */
  let connected: string[];
  let endReading: () => void;

  beforeEach(async () => {
    connected = [];
    ran = [];
    store = new SessionStore(new FakeSecretStorage().window(), noIndex, () => 1);
    await store.put(old);
    responses = [];
    copied = [];
    const host: Partial<SignInHost> = {
      fetch: async () =>
        Response.json({ data: { limit: null, creator_user_id: "user", is_management_key: false } }),
      log: noLog,
      now: () => 1,
      settings: () => ({ baseUrl: old.baseUrl, requestedTerms: {} }),
    };
    const clipboard = { copy: async (key: string) => void copied.push(key) };
    keys = new KeyCommands(
      store,
      host as SignInHost,
      clipboard,
      (session) => void connected.push(session.id),
    );
    endReading = readSlowly();
    const respond = async (_: string, ...buttons: unknown[]) => {
      const answer = await responses.shift()?.();
      if (answer) ok(buttons.includes(answer), `${answer} isn't offered`);
      return answer;
    };
    Object.assign(window, {
      showWarningMessage: respond,
      showInformationMessage: respond as unknown as () => Thenable<MessageItem | undefined>,
    });
  });
  afterEach(() => {
    endReading();
    Object.assign(window, { createInputBox, showInformationMessage, showWarningMessage });
    Object.assign(commands, { executeCommand, getCommands });
    store.dispose();
  });

  it("disconnect a key only after a confirmation", async () => {
    responses = [async () => undefined];
    await keys.disconnect();
    deepEqual(await store.list(), [old]);
  });

  it("don't disconnect a key that replaced the one in question", async () => {
    const replaced = async () => {
      await store.put(successor);
      return "Disconnect";
    };
    let askedAgain = false;
    responses = [
      replaced,
      async () => {
        askedAgain = true;
        return undefined;
      },
    ];
    await keys.disconnect();
    deepEqual(await store.list(), [successor]);
    equal(askedAgain, true, "the user is asked about the new key");
  });

  it("restore a disconnected key beside the one that replaced it", async () => {
    const replaced = async () => {
      await store.put(successor);
      return "Undo";
    };
    responses = [async () => "Disconnect", replaced];
    await keys.disconnect();
    deepEqual((await store.list()).map(({ key }) => key).sort(), [successor.key, old.key]);
  });

  it("restore a disconnected key unchanged", async () => {
    responses = [async () => "Disconnect", async () => "Undo"];
    await keys.disconnect();
    deepEqual(await store.list(), [old]);
  });

  it("copy a key, but only after a confirmation", async () => {
    responses = [async () => undefined, async () => "Copy"];
    await keys.copyApiKey();
    deepEqual(copied, []);
    await keys.copyApiKey();
    deepEqual(copied, [old.key]);
  });

  it("copy no key by an answer that was typed for something else", async () => {
    readSlowly(1);
    responses = [async () => "Copy", async () => undefined];
    await keys.copyApiKey();
    deepEqual([copied, responses.length], [[], 0]);
  });

  it("give up a key that another window stored, but only after a confirmation", async () => {
    const browser = new FakeBrowser();
    const [here, there] = [browser.window(), browser.window()].map(
      ({ secrets, index }) => new SessionStore(secrets, index, () => 1),
    ) as [SessionStore, SessionStore];
    await there.list();
    await here.put(old);
    const clipboard = { copy: async () => {} };
    const inBrowser = new KeyCommands(there, { log: noLog, now: () => 1 } as SignInHost, clipboard, () => {});
    await rejects(there.put(successor), SecretStorageError);
    responses = [async () => undefined];
    await inBrowser.discardHiddenKeys();
    await rejects(there.put(successor), SecretStorageError);
    responses = [async () => "Forget That Key"];
    await inBrowser.discardHiddenKeys();
    await there.put(successor);
    deepEqual(await there.list(), [successor]);
    here.dispose();
    there.dispose();
  });

  it("accept a key again that OpenRouter had rejected and now accepts, and offer what comes next", async () => {
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
    responses = [async () => "What Next?"];
    Object.assign(commands, {
      getCommands: async () => ["workbench.action.openWalkthrough"],
      executeCommand: async (id: string) => void ran.push(id),
    });
    await keys.addApiKey();
    const [session, ...more] = await store.list();
    deepEqual([session?.id, session?.key, session?.refused, more.length], [old.id, old.key, undefined, 0]);
    deepEqual(connected, [old.id]);
    deepEqual(ran, ["workbench.action.openWalkthrough"]);
  });
});
