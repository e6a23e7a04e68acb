import { deepEqual, equal, match, rejects } from "node:assert/strict";
import {
  ConfigurationTarget,
  EventEmitter,
  type QuickInputButton,
  type QuickPick,
  QuickPickItemKind,
  window,
  workspace,
} from "vscode";
import type { ModelList } from "../../../src/openrouter/model";
import { chooseModels } from "../../../src/vscode/models/chooseModels";
import type { ModelItem } from "../../../src/vscode/models/modelItems";
import { model } from "../../unit/models/anyModel";

const configuration = () => workspace.getConfiguration("connectOpenRouter");
const setting = () => configuration().inspect("models")?.globalValue;
const set = (ids: unknown) => configuration().update("models", ids, ConfigurationTarget.Global);

const change = (name: string, value: unknown) =>
  workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);

const list: ModelList = {
  models: [
    model("b/two", {
      name: "Beta: Two",
      prices: { prompt: 1e-6, completion: 2e-6 },
      inputModalities: ["text", "image"],
    }),
    model("openrouter/auto", { name: "Auto Router" }),
    model("a/mute", { name: "Alpha: Mute", supportedParameters: [] }),
    model("a/one", { name: "Alpha: One", expirationDate: "2020-01-01" }),
  ],
  popular: ["a/one"],
};
const usual = ["openrouter/auto", "a/one", "b/two"];

describe("Choose Models", () => {
  const { createQuickPick, showInformationMessage } = window;
  const accept = new EventEmitter<void>();
  const hide = new EventEmitter<void>();
  const select = new EventEmitter<readonly ModelItem[]>();
  const type = new EventEmitter<string>();
  const press = new EventEmitter<QuickInputButton>();
  let pick: QuickPick<ModelItem> & { visible: boolean; disposed: boolean };
  let loaded: ModelList | undefined | Error;
  let refreshes: number;
  let errors: unknown[];
  let messages: string[];

  const areTurnedOff = workspace.getConfiguration().get("chat.disableAIFeatures");

  before(() => change("chat.disableAIFeatures", false));
  after(() => change("chat.disableAIFeatures", areTurnedOff));
  beforeEach(() => {
    [loaded, refreshes, errors, messages] = [list, 0, [], []];
    pick = {
      value: "",
      items: [],
      selectedItems: [],
      visible: false,
      disposed: false,
      onDidAccept: accept.event,
      onDidHide: hide.event,
      onDidChangeSelection: select.event,
      onDidChangeValue: type.event,
      onDidTriggerButton: press.event,
      show() {
        pick.visible = true;
      },
      hide() {
        if (!pick.visible) return;
        pick.visible = false;
        hide.fire();
      },
      dispose() {
        pick.disposed = true;
      },
    } as unknown as typeof pick;
    Object.assign(window, {
      createQuickPick: () => pick,
      showInformationMessage: async (message: string) => void messages.push(message),
    });
  });
  afterEach(async () => {
    Object.assign(window, { createQuickPick, showInformationMessage });
    await set(undefined);
  });

  const answer = async () => {
    if (loaded instanceof Error) throw loaded;
    return loaded;
  };
  const show = () =>
    chooseModels(
      {
        get: answer,
        refresh: () => {
          refreshes++;
          return answer();
        },
      },
      (error) => errors.push(error),
    );
  const rows = () =>
    pick.items.map(({ id, label, kind }) => (kind === QuickPickItemKind.Separator ? `— ${label}` : id));
  const ticked = () => pick.selectedItems.map(({ id }) => id);
  const tick = (...ids: string[]) => {
    pick.selectedItems = pick.items.filter(({ id = "" }) => ids.includes(id));
    select.fire(pick.selectedItems);
  };
  const enter = (value: string) => {
    pick.value = value;
    type.fire(value);
  };
  /** Resolves once the setting is written. */
  const accepted = async () => {
    const written = new Promise<void>((resolve) => {
      const subscription = workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration("connectOpenRouter.models")) return;
        subscription.dispose();
        resolve();
      });
    });
    accept.fire();
    await written;
  };

  it("lists all models by author, our choice ticked and on top", async () => {
    await show();
    deepEqual(rows(), ["— Selected", ...usual, "— Alpha", "a/mute"]);
    deepEqual(ticked(), usual);
    equal(pick.canSelectMany && pick.matchOnDescription && pick.matchOnDetail, true);
    equal(pick.busy, false);
  });

  it("tells the price, the context, and what a model can do", async () => {
    await show();
    const item = (id: string) => pick.items.find((one) => one.id === id);
    equal(item("b/two")?.label, "Two");
    equal(item("b/two")?.description, "b/two");
    equal(item("b/two")?.detail, "$1 in, $2 out · 100K · Tools · Images");
    equal(item("a/mute")?.detail, "Price varies · 100K");
    match(item("a/one")?.detail ?? "", /^OpenRouter may retire this model after .* · Tools$/);
  });

  it("has the user's choice ticked and on top, also what OpenRouter doesn't have", async () => {
    await set(["a/mute", "b/two:nitro", "gone/model"]);
    await show();
    const others = ["— Alpha", "a/one", "— Beta", "b/two", "— openrouter", "openrouter/auto"];
    deepEqual(rows(), ["— Selected", "a/mute", "b/two:nitro", "gone/model", ...others]);
    deepEqual(ticked(), ["a/mute", "b/two:nitro", "gone/model"]);
    equal(pick.items.find(({ id }) => id === "gone/model")?.detail, "Not available with this key");
  });

  it("stores what is ticked when it's accepted", async () => {
    await show();
    tick("a/mute", "b/two");
    await accepted();
    deepEqual(setting(), ["b/two", "a/mute"]);
    equal(pick.disposed, true);
  });

  it("says what keeps the models from being seen, once they're chosen", async () => {
    await change("chat.disableAIFeatures", true);
    try {
      await show();
      tick("b/two");
      await accepted();
      while (messages.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await change("connectOpenRouter.offerModels", false);
      await show();
      tick("a/one");
      await accepted();
      while (messages.length === 1) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      await change("connectOpenRouter.offerModels", undefined);
      await change("chat.disableAIFeatures", false);
    }
    deepEqual(messages, [
      "VS Code's AI features are turned off, and its chat with them.",
      "OpenRouter's models are turned off in the settings.",
    ]);
  });

  it("removes the setting when our choice is ticked, in whatever order, or nothing", async () => {
    for (const ids of [usual.toReversed(), []]) {
      await set(["a/mute"]);
      await show();
      tick(...ids);
      await accepted();
      equal(setting(), undefined);
    }
    deepEqual(messages, ["No model was selected, so the model picker shows the most popular ones."]);
  });

  it("changes nothing when it's closed", async () => {
    await set(["a/mute"]);
    await show();
    tick("b/two");
    pick.hide();
    deepEqual(setting(), ["a/mute"]);
    equal(pick.disposed, true);
  });

  it("offers to add a variant or a preset that is typed, and keeps it when the text is gone", async () => {
    await show();
    enter("a/one:nitr");
    equal(rows()[0], "— Selected");
    tick("b/two");
    for (const id of ["a/one:nitro", "@preset/coding"]) {
      enter(` ${id} `);
      equal(pick.items[0]?.label, `Add ${id}`);
      equal(pick.items[0]?.alwaysShow, true);
      tick(...ticked().map(String), id);
      enter("");
    }
    const added = ["@preset/coding", "a/one:nitro"];
    deepEqual(rows().slice(0, 6), ["— Selected", ...added, ...usual]);
    deepEqual(ticked(), [...added, "b/two"]);
    await accepted();
    deepEqual(setting(), [...added, "b/two"]);
  });

  it("leaves the rows alone while the user types something else", async () => {
    await show();
    const { items } = pick;
    for (const value of ["o", "one", "a/one", "gone:nitro"]) enter(value);
    equal(pick.items, items);
  });

  it("resets to our choice, which is stored only when it's accepted", async () => {
    await set(["a/mute"]);
    await show();
    press.fire(pick.buttons[0] as QuickInputButton);
    deepEqual(ticked(), usual);
    deepEqual(setting(), ["a/mute"]);
    await accepted();
    equal(setting(), undefined);
  });

  it("refreshes the list, and keeps the ticks", async () => {
    await show();
    tick("a/mute");
    loaded = { ...list, models: [...list.models, model("c/new", { name: "New" })] };
    press.fire(pick.buttons[1] as QuickInputButton);
    equal(pick.busy, true);
    await answer();
    await answer();
    deepEqual(rows().slice(0, 2), ["— Selected", "a/mute"]);
    equal(rows().includes("c/new"), true);
    deepEqual([ticked(), refreshes, pick.busy], [["a/mute"], 1, false]);
  });

  it("offers to connect where there is no key", async () => {
    loaded = undefined;
    await show();
    equal(pick.visible, false);
    deepEqual(messages, ["You're not connected to OpenRouter."]);
  });

  it("rejects with why there is no list, and closes; with a list it reports, and stays open", async () => {
    loaded = new Error("offline");
    await rejects(show(), loaded);
    equal(pick.visible, false);
    loaded = list;
    await show();
    loaded = new Error("offline");
    press.fire(pick.buttons[1] as QuickInputButton);
    await answer().catch(() => {});
    await answer().catch(() => {});
    deepEqual([errors, pick.visible, rows()[0]], [[loaded], true, "— Selected"]);
  });

  it("shows nothing more once it was closed while it loaded", async () => {
    loaded = undefined;
    const shown = show();
    pick.hide();
    await shown;
    deepEqual([messages, pick.items.length], [[], 0]);
  });
});
