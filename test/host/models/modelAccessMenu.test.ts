import { deepEqual, equal, match } from "node:assert/strict";
import {
  EventEmitter,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  window,
} from "vscode";
import { ModelAccess } from "../../../src/models/modelAccess";
import type { Session } from "../../../src/sessions/session";
import { ModelAccessMenu } from "../../../src/vscode/models/modelAccessMenu";

const session = (id: string, label: string): Session => ({
  version: 2,
  id,
  key: `sk-or-v1-${id}`,
  label,
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
});
const sessions = [session("a", "VS Code"), session("b", "VS Code (2)")];
const [first, second] = sessions as [Session, Session];

describe("Manage Model Access", () => {
  const { createQuickPick, showInformationMessage } = window;
  const accept = new EventEmitter<void>();
  const hide = new EventEmitter<void>();
  const pressed = new EventEmitter<{ item: QuickPickItem; button: QuickInputButton }>();
  const pressedAbove = new EventEmitter<QuickInputButton>();
  let pick: Partial<QuickPick<QuickPickItem>> & { visible: boolean; disposed?: boolean };
  let messages: string[];
  let choose: boolean;
  let access: ModelAccess;
  let menu: ModelAccessMenu;
  /** The questions, and what the user answers. */
  let asked: string[];
  let answers: Record<string, boolean | undefined>;
  /** What was spent, and how the user sets a budget. */
  let spent: Record<string, string>;
  let setBudget: (extension: string) => Promise<boolean>;

  beforeEach(() => {
    messages = [];
    choose = false;
    let items: readonly QuickPickItem[] = [];
    pick = {
      visible: false,
      get items() {
        return items;
      },
      set items(next) {
        items = next;
        pick.selectedItems = []; // as VS Code does
      },
      onDidAccept: accept.event,
      onDidHide: hide.event,
      onDidTriggerItemButton: pressed.event as QuickPick<QuickPickItem>["onDidTriggerItemButton"],
      onDidTriggerButton: pressedAbove.event,
      show() {
        pick.visible = true;
      },
      hide() {
        pick.visible = false;
        hide.fire();
      },
      dispose() {
        pick.disposed = true;
      },
    };
    Object.assign(window, {
      createQuickPick: () => pick,
      showInformationMessage: async (message: string, button: string) => {
        messages.push(message);
        return choose ? button : undefined;
      },
    });
    const state = new Map<string, unknown>();
    access = new ModelAccess(
      {
        get: (key: string) => state.get(key) as undefined,
        update: async (key, value) => void state.set(key, value),
      },
      { now: () => Date.UTC(2026, 10, 26, 12), ask: async () => undefined },
    );
    asked = [];
    answers = {};
    spent = {};
    setBudget = async () => pickless();
    menu = new ModelAccessMenu(
      access,
      { sessions: async () => sessions, report: () => {} },
      async (extension, { id }) => {
        asked.push(`${extension} ${id}`);
        return answers[extension ?? ""];
      },
      {
        month: async () => (extension) => `${spent[extension] ?? "nothing"} this month`,
        set: (extension) => setBudget(extension),
      },
    );
  });
  afterEach(() => {
    if (pick.visible) pick.hide?.();
    Object.assign(window, { createQuickPick, showInformationMessage });
  });

  const item = (label: string) => pick.items?.find((candidate) => candidate.label === label);
  const press = (label: string, tooltip: string) => {
    const row = item(label) ?? pickless();
    const button = row.buttons?.find((candidate) => candidate.tooltip === tooltip);
    pressed.fire({ item: row, button: button ?? pickless() });
  };
  const rows = () =>
    pick.items?.map(({ label, kind }) => (kind === QuickPickItemKind.Separator ? `— ${label}` : label));
  const decided = async () =>
    Object.fromEntries((await access.list()).map((entry) => [entry.extension, entry.allowed]));

  it("says so where no extension has asked", async () => {
    await menu.show();
    equal(pick.visible, false);
    match(
      messages[0] ?? "",
      /No extension has asked.*select VS Code's language models\. VS Code's chat: nothing this month\.$/,
    );
    const set: string[] = [];
    setBudget = async (extension) => set.push(extension) > 0;
    choose = true;
    await menu.show();
    deepEqual(set, ["github.copilot-chat"]);
  });

  it("lists the extensions by account with their state, and changes what the user changed", async () => {
    await access.set("z.z", first.id, true);
    await access.set("y.y", first.id, false);
    await access.set("b.b", second.id, true);
    await access.set("gone.gone", "another session", true);
    await access.check("c.c", second);
    spent = { "z.z": "$1.20 of $5.00" };
    await menu.show();
    deepEqual(rows(), [
      "— VS Code (sk-or-v1-...)",
      ...["y.y", "z.z"],
      "— VS Code (2) (sk-or-v1-...)",
      "b.b",
      "c.c",
    ]);
    deepEqual(pick.selectedItems, [item("z.z"), item("b.b")]);
    match(item("z.z")?.detail ?? "", /^Allowed since .*2026.* · \$1\.20 of \$5\.00 this month$/);
    match(item("y.y")?.detail ?? "", /^Not allowed since .*2026.* · nothing this month$/);
    equal(item("c.c")?.detail, "Not allowed: you closed the question · nothing this month");

    await access.set("z.z", first.id, false); // another window
    pick.selectedItems = [item("z.z"), item("c.c")].filter((chosen) => chosen !== undefined);
    answers = { "c.c": true };
    accept.fire();
    equal(pick.visible, false);
    await new Promise(setImmediate);
    deepEqual(await decided(), {
      "z.z": false, // what the user didn't change stays
      "y.y": false,
      "b.b": false,
      "c.c": true,
      "gone.gone": true,
    });
    deepEqual(asked, [`c.c ${second.id}`]);
  });

  it("allows none without asking: any extension can select in a list", async () => {
    await access.set("a.a", first.id, false);
    await access.set("b.b", first.id, false);
    await menu.show();
    answers = { "a.a": undefined, "b.b": false };
    pick.selectedItems = [item("a.a") ?? pickless(), item("b.b") ?? pickless()];
    accept.fire();
    await new Promise(setImmediate);
    deepEqual(await decided(), { "a.a": false, "b.b": false });
    deepEqual(asked, [`a.a ${first.id}`, `b.b ${first.id}`]);
  });

  it("changes nothing when it is closed", async () => {
    await access.set("a.a", first.id, true);
    await menu.show();
    pick.selectedItems = [];
    pick.hide?.();
    await new Promise(setImmediate);
    deepEqual(await decided(), { "a.a": true });
  });

  it("sets a budget, and is back with what was spent by then and with the user's other changes", async () => {
    await access.set("a.a", first.id, false);
    await access.set("b.b", second.id, true);
    await menu.show();
    pick.selectedItems = [item("a.a") ?? pickless()]; // the user ticks one, and not the other
    let end = (_: boolean) => {};
    const set: string[] = [];
    setBudget = (extension) => {
      equal(pick.visible, false);
      set.push(extension);
      return new Promise((resolve) => {
        end = resolve;
      });
    };
    press("b.b", "Set Budget…");
    await new Promise(setImmediate);
    deepEqual([set, pick.visible, pick.disposed], [["b.b"], false, undefined]);
    spent = { "b.b": "$1.00 of $2.00" };
    end(true);
    await new Promise(setImmediate);
    equal(pick.visible, true);
    match(item("b.b")?.detail ?? "", /^Allowed since .* · \$1\.00 of \$2\.00 this month$/);
    deepEqual(rows(), ["— VS Code (sk-or-v1-...)", "a.a", "— VS Code (2) (sk-or-v1-...)", "b.b"]);
    deepEqual(pick.selectedItems, [item("a.a")]);

    answers = { "a.a": true };
    accept.fire();
    await new Promise(setImmediate);
    deepEqual(await decided(), { "a.a": true, "b.b": false });
    equal(pick.disposed, true);
  });

  it("is back also where the budget wasn't set, or couldn't be", async () => {
    await access.set("a.a", first.id, false);
    await menu.show();
    for (const how of [async () => false, () => Promise.reject(new Error("broken"))]) {
      setBudget = how;
      press("a.a", "Set Budget…");
      await new Promise(setImmediate);
      deepEqual([pick.visible, rows()], [true, ["— VS Code (sk-or-v1-...)", "a.a"]]);
    }
    pick.hide?.();
    equal(pick.disposed, true);
  });

  it("sets the budget of VS Code's own chat, which stands in no row", async () => {
    await access.set("a.a", first.id, false);
    spent = { "github.copilot-chat": "$3.00 of $4.00" };
    await menu.show();
    const [button] = pick.buttons ?? [];
    equal(button?.tooltip, "Set Budget of VS Code's Chat… ($3.00 of $4.00 this month)");
    const set: string[] = [];
    setBudget = async (extension) => {
      set.push(extension);
      spent = { "github.copilot-chat": "$3.00 of $9.00" };
      return true;
    };
    pressedAbove.fire(button ?? pickless());
    await new Promise(setImmediate);
    deepEqual(set, ["github.copilot-chat"]);
    match(pick.buttons?.[0]?.tooltip ?? "", /\$9\.00/);
    equal(pick.visible, true);
  });

  it("has no budget for what VS Code doesn't name", async () => {
    await access.check(undefined, first); // dismissed
    await menu.show();
    deepEqual(
      pick.items?.[1]?.buttons?.map(({ tooltip }) => tooltip),
      ["Ask Again"],
    );
  });

  it("forgets an answer, so that the extension can ask again, and keeps the other changes", async () => {
    await access.set("a.a", first.id, false);
    await access.set("b.b", first.id, false);
    await menu.show();
    const b = item("b.b");
    pick.selectedItems = [item("a.a") ?? pickless(), b ?? pickless()]; // the user ticks both
    press("a.a", "Ask Again");
    await new Promise(setImmediate);
    deepEqual(rows(), ["— VS Code (sk-or-v1-...)", "b.b"]);
    deepEqual(pick.selectedItems, [b]);
    deepEqual(await decided(), { "b.b": false });
    press("b.b", "Ask Again");
    await new Promise(setImmediate);
    equal(pick.visible, false, "nothing is left to show");
    deepEqual(await decided(), {});
  });
});

const pickless = (): never => {
  throw new Error("The list lacks the extension");
};
