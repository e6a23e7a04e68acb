import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { EventEmitter, type QuickPick, window } from "vscode";
import type { ModelList } from "../../../src/openrouter/model";
import type { ModelItem } from "../../../src/vscode/models/modelItems";
import { pickModel } from "../../../src/vscode/models/pickModel";
import { model } from "../../unit/models/anyModel";

const list: ModelList = {
  models: [model("b/two"), model("openrouter/auto"), model("a/one")],
  popular: ["a/one"],
};

describe("Pick a model", () => {
  const { createQuickPick, showInformationMessage } = window;
  const accept = new EventEmitter<void>();
  const hide = new EventEmitter<void>();
  const type = new EventEmitter<string>();
  let pick: QuickPick<ModelItem> & { isDisposed: boolean };
  let messages: string[];

  beforeEach(() => {
    messages = [];
    pick = {
      value: "",
      items: [],
      activeItems: [],
      isDisposed: false,
      onDidAccept: accept.event,
      onDidHide: hide.event,
      onDidChangeValue: type.event,
      show() {},
      hide: () => hide.fire(),
      dispose() {
        pick.isDisposed = true;
      },
    } as unknown as typeof pick;
    Object.assign(window, {
      createQuickPick: () => pick,
      showInformationMessage: async (message: string) => void messages.push(message),
    });
  });
  afterEach(() => Object.assign(window, { createQuickPick, showInformationMessage }));

  const ids = () => pick.items.flatMap(({ id }) => id ?? []);
  const drawn = async () => {
    while (pick.items.length === 0) await Promise.resolve();
  };
  const enter = (text: string) => {
    pick.value = text;
    type.fire(text);
  };
  const choose = (id: string) => {
    Object.assign(pick, { activeItems: pick.items.filter((item) => item.id === id) });
    accept.fire();
  };

  it("shows those of the model picker first, and returns the chosen one", async () => {
    const picked = pickModel({ get: async () => list }, "A title");
    await drawn();
    equal(pick.title, "A title");
    deepEqual(ids(), ["openrouter/auto", "a/one", "b/two"]);
    choose("b/two");
    equal(await picked, "b/two");
    ok(pick.isDisposed);
  });

  it("takes a variant that is entered, without moving the selection while another letter is typed", async () => {
    const picked = pickModel({ get: async () => list }, "");
    await drawn();
    const before = pick.items;
    enter("a/on");
    equal(pick.items, before);
    enter("a/one:nitro");
    equal(ids()[0], "a/one:nitro");
    choose("a/one:nitro");
    equal(await picked, "a/one:nitro");
  });

  it("offers no model whose id could be more than an id in a command", async () => {
    const hostile = ["a/b; echo c", "a/b\nc", "a/'b'", "a/$(b)", "--b/a"].map((id) => model(id));
    const picked = pickModel(
      { get: async () => ({ models: [...hostile, model("a/one")], popular: ["a/b\nc"] }) },
      "",
    );
    await drawn();
    deepEqual(ids(), ["a/one"]);
    enter("a/one:x; echo");
    deepEqual(ids(), ["a/one"]);
    choose("a/one");
    equal(await picked, "a/one");
  });

  it("returns nothing when it's closed, also before there is a list", async () => {
    const early = pickModel({ get: () => new Promise(() => {}) }, "");
    hide.fire();
    equal(await early, undefined);
    const late = pickModel({ get: async () => list }, "");
    await drawn();
    hide.fire();
    equal(await late, undefined);
    ok(pick.isDisposed);
    deepEqual(messages, []);
  });

  it("says how to connect where there is no key, and throws why there is no list", async () => {
    equal(await pickModel({ get: async () => undefined }, ""), undefined);
    equal(messages.length, 1);
    await rejects(pickModel({ get: () => Promise.reject(new Error("offline")) }, ""), /offline/);
    ok(pick.isDisposed);
  });
});
