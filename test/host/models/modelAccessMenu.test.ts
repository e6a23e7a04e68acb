import { deepEqual, equal, match } from "node:assert/strict";
import { EventEmitter, type QuickPick, type QuickPickItem, QuickPickItemKind, window } from "vscode";
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
  const press = new EventEmitter<{ item: QuickPickItem }>();
  let pick: Partial<QuickPick<QuickPickItem>> & { visible: boolean };
  let messages: string[];
  let access: ModelAccess;
  let menu: ModelAccessMenu;
  /** The questions, and what the user answers. */
  let asked: string[];
  let answers: Record<string, boolean | undefined>;

  beforeEach(() => {
    messages = [];
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
      onDidTriggerItemButton: press.event as unknown as QuickPick<QuickPickItem>["onDidTriggerItemButton"],
      show() {
        pick.visible = true;
      },
      hide() {
        pick.visible = false;
        hide.fire();
      },
      dispose() {},
    };
    Object.assign(window, {
      createQuickPick: () => pick,
      showInformationMessage: async (message: string) => void messages.push(message),
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
    menu = new ModelAccessMenu(
      access,
      { sessions: async () => sessions, report: () => {} },
      async (extension, { id }) => {
        asked.push(`${extension} ${id}`);
        return answers[extension ?? ""];
      },
    );
  });
  afterEach(() => Object.assign(window, { createQuickPick, showInformationMessage }));

  const item = (label: string) => pick.items?.find((candidate) => candidate.label === label);
  const rows = () =>
    pick.items?.map(({ label, kind }) => (kind === QuickPickItemKind.Separator ? `— ${label}` : label));
  const decided = async () =>
    Object.fromEntries((await access.list()).map((entry) => [entry.extension, entry.allowed]));

  it("says so where no extension has asked", async () => {
    await menu.show();
    equal(pick.visible, false);
    match(messages[0] ?? "", /No extension has asked/);
  });

  it("lists the extensions by account with their state, and changes what the user changed", async () => {
    await access.set("z.z", first.id, true);
    await access.set("y.y", first.id, false);
    await access.set("b.b", second.id, true);
    await access.set("gone.gone", "another session", true);
    await access.check("c.c", second);
    await menu.show();
    deepEqual(rows(), ["— VS Code", ...["y.y", "z.z"], "— VS Code (2)", "b.b", "c.c"]);
    deepEqual(pick.selectedItems, [item("z.z"), item("b.b")]);
    match(item("z.z")?.detail ?? "", /^Allowed since .*2026/);
    match(item("y.y")?.detail ?? "", /^Not allowed since .*2026/);
    equal(item("c.c")?.detail, "Not allowed: you closed the question");

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

  it("forgets an answer, so that the extension can ask again, and keeps the other changes", async () => {
    await access.set("a.a", first.id, false);
    await access.set("b.b", first.id, false);
    await menu.show();
    const b = item("b.b");
    pick.selectedItems = [item("a.a") ?? pickless(), b ?? pickless()]; // the user ticks both
    press.fire({ item: item("a.a") ?? pickless() });
    await new Promise(setImmediate);
    deepEqual(rows(), ["— VS Code", "b.b"]);
    deepEqual(pick.selectedItems, [b]);
    deepEqual(await decided(), { "b.b": false });
    press.fire({ item: b ?? pickless() });
    await new Promise(setImmediate);
    equal(pick.visible, false, "nothing is left to show");
    deepEqual(await decided(), {});
  });
});

const pickless = (): never => {
  throw new Error("The list lacks the extension");
};
