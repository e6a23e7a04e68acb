import { deepEqual, equal, rejects } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { commands, Uri } from "vscode";
import { Emitter } from "../../../src/common/emitter";
import { SecretStorageError } from "../../../src/sessions/secretCollection";
import type { Session } from "../../../src/sessions/session";
import { ProviderGroup } from "../../../src/vscode/models/providerGroup";
import { recordLog } from "../../fakes/editor";

const ours = {
  name: "Connect OpenRouter",
  vendor: "connect-openrouter",
  settings: { "a/b": { effort: "high" } },
};
const theirs = { name: "Connect OpenRouter", vendor: "openrouter", apiKey: "$" + "{input:chat.lm.secret.1}" };
const session = { id: "a" } as Session;

describe("The provider group", () => {
  const { executeCommand } = commands;
  let user: string;
  let state: Map<string, unknown>;
  let added: unknown[];
  let failure: Error | undefined;
  let lines: string[];
  let isStale: boolean;

  const file = (profile = "") => join(user, profile && `profiles/${profile}`, "chatLanguageModels.json");
  const write = (value: unknown, profile?: string) => {
    mkdirSync(dirname(file(profile)), { recursive: true });
    writeFileSync(file(profile), typeof value === "string" ? value : JSON.stringify(value, undefined, "\t"));
  };
  const text = (profile?: string) => readFileSync(file(profile), "utf8");
  function open() {
    const { log, lines: own } = recordLog();
    lines = own;
    const memento = {
      get: (key: string) => state.get(key) as undefined,
      update: async (key: string, value: unknown) => void state.set(key, value),
    };
    const group = new ProviderGroup(memento, Uri.file(join(user, "globalStorage/connect-openrouter")), log);
    const assertWritable = async () => {
      if (isStale) throw new SecretStorageError("stale");
    };
    const reads = new Emitter<readonly Session[]>();
    const store = { onDidRead: reads.event, assertWritable };
    group.follow(store);
    /** The store was read. Waits until the group has followed. */
    const read = (...sessions: Session[]) => {
      reads.fire(sessions);
      return group.keepInStep(sessions.length > 0, store);
    };
    return { group, read };
  }

  beforeEach(() => {
    user = mkdtempSync(join(tmpdir(), "group-"));
    state = new Map();
    added = [];
    failure = undefined;
    isStale = false;
    Object.assign(commands, {
      executeCommand: async (id: string, group: unknown) => {
        if (id !== "lm.addLanguageModelsProviderGroup") return executeCommand(id, group);
        if (failure) throw failure;
        added.push(group);
      },
    });
  });
  afterEach(() => {
    Object.assign(commands, { executeCommand });
    rmSync(user, { recursive: true });
  });

  it("is added when the user wants it, holds no secret, and isn't added by itself before", async () => {
    const { group, read } = open();
    await read(session);
    deepEqual(added, []);
    equal(group.isWanted, false);
    await group.add();
    deepEqual(added, [{ vendor: "connect-openrouter", name: "Connect OpenRouter" }]);
    equal(group.isWanted, true);
  });

  it("is added again once at each activation, where VS Code has dropped it", async () => {
    await open().group.add();
    const { read } = open();
    await read(session);
    await read(session, session);
    equal(added.length, 2);
    failure = new Error("Language model group with name Connect OpenRouter already exists for vendor x");
    await open().read(session);
    deepEqual(lines, []);
  });

  it("isn't wanted where VS Code can't add it", async () => {
    failure = new Error("command 'lm.addLanguageModelsProviderGroup' not found");
    const { group } = open();
    await rejects(group.add(), /not found/);
    equal(group.isWanted, false);
  });

  it("goes with the last key from all profiles, without touching another group, and comes back with the next", async () => {
    await open().group.add();
    write([theirs, ours]);
    write([ours], "1a2b");
    write([theirs], "other");
    const untouched = text("other");
    const { read } = open();
    await read(session);
    await read();
    equal(text(), JSON.stringify([theirs], undefined, "\t"));
    deepEqual(JSON.parse(text("1a2b")), []);
    equal(text("other"), untouched);
    added = [];
    await read(session);
    equal(added.length, 1);
  });

  it("stays where it isn't ours, or not plain JSON", async () => {
    await open().group.add();
    for (const written of [
      `[${JSON.stringify(ours)}, // mine\n]`,
      `{ "groups": [${JSON.stringify(ours)}] }`,
      "",
      "null",
      JSON.stringify([{ ...ours, name: "Mine" }, null, 1, "x", [ours]]),
    ]) {
      write(written);
      await open().read();
      equal(text(), written);
    }
  });

  it("stays while a key may be there that this window can't see", async () => {
    await open().group.add();
    write([ours]);
    isStale = true;
    const { read } = open();
    await read();
    deepEqual(JSON.parse(text()), [ours]);
    isStale = false;
    await read();
    deepEqual(JSON.parse(text()), []);
  });

  it("is no error where there is no file", async () => {
    await open().group.add();
    await open().read();
    deepEqual(lines, []);
  });
});
