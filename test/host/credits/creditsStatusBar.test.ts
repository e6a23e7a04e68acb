import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  type ColorTheme,
  ColorThemeKind,
  EventEmitter,
  type MarkdownString,
  type StatusBarItem,
  window,
} from "vscode";
import { type PictureColors, svgImage } from "../../../src/common/svgImage";
import type { CreditsState } from "../../../src/credits/creditsHost";
import type { CreditsPolling } from "../../../src/credits/creditsPolling";
import { CreditsStatusBar } from "../../../src/vscode/credits/creditsStatusBar";
import { recordLog } from "../../fakes/editor";
import { session } from "../../fakes/windows";

const minute = 60_000;
const active = session("a");
const connected: CreditsState = {
  ...{ hasConnected: true, sessions: [active], active },
  answer: { at: 0, keyInfo: { limit: 10, limitRemaining: 4 } },
};
const invitation: CreditsState = { hasConnected: true, sessions: [] };

describe("The status bar", () => {
  const { createStatusBarItem, onDidChangeActiveColorTheme } = window;
  const state = Object.getOwnPropertyDescriptor(window, "state") ?? {};
  const theme = Object.getOwnPropertyDescriptor(window, "activeColorTheme") ?? {};
  const realNow = Date.now;
  const realFetch = globalThis.fetch;
  const themes = new EventEmitter<ColorTheme>();
  let item: Pick<StatusBarItem, "show" | "hide" | "dispose"> & {
    tooltip?: MarkdownString;
    accessibilityInformation?: object;
  };
  let changes: EventEmitter<CreditsState>;
  let statusBar: CreditsStatusBar;
  let now: number;
  let isFocused: boolean;
  let kind: ColorThemeKind;
  let loads: number;
  let reads: number;
  let failure: Error | undefined;
  let days: string | undefined;
  let lines: string[];
  let asked: number;

  before(() => {
    Object.defineProperty(window, "state", { get: () => ({ focused: isFocused }), configurable: true });
    Object.defineProperty(window, "activeColorTheme", { get: () => ({ kind }), configurable: true });
    Object.assign(window, {
      createStatusBarItem: () => item,
      onDidChangeActiveColorTheme: themes.event,
    });
    Date.now = () => now;
    globalThis.fetch = async () => {
      asked++;
      throw new Error("OpenRouter was asked");
    };
  });
  after(() => {
    Object.defineProperty(window, "state", state);
    Object.defineProperty(window, "activeColorTheme", theme);
    Object.assign(window, { createStatusBarItem, onDidChangeActiveColorTheme });
    Date.now = realNow;
    globalThis.fetch = realFetch;
  });
  beforeEach(() => {
    item = { show() {}, hide() {}, dispose() {} };
    [now, isFocused, kind] = [minute, true, ColorThemeKind.Dark];
    [loads, reads, failure, days, asked] = [0, 0, undefined, "Nov 25", 0];
    const { log, lines: logged } = recordLog();
    lines = logged;
    changes = new EventEmitter();
    const load = () => {
      loads++;
      return {
        async read() {
          reads++;
          if (failure) throw failure;
        },
        picture: ({ normal }: PictureColors) =>
          days === undefined || failure
            ? undefined
            : { image: svgImage(1, 1, normal), alt: "Bar chart", lines: [days] },
      };
    };
    statusBar = new CreditsStatusBar({ onDidChange: changes.event } as CreditsPolling, load, log);
  });
  afterEach(() => {
    statusBar.dispose();
    equal(asked, 0, "OpenRouter isn't asked anything");
  });

  /** Draws, and lets what is read be drawn. */
  async function draw(next: CreditsState = connected): Promise<string> {
    changes.fire(next);
    await new Promise((resolve) => setImmediate(resolve));
    return item.tooltip?.value ?? "";
  }
  const svgs = () =>
    [...(item.tooltip?.value ?? "").matchAll(/base64,([\w+/=]+)/g)].map(([, svg]) => atob(svg ?? ""));

  it("shows what was spent lately once it's read", async () => {
    changes.fire(connected);
    ok(!item.tooltip?.value.includes("Nov 25"));
    match(await draw(), /60% of the limit is used.*Bar chart.*Nov 25/s);
  });

  it("is named as what it shows", async () => {
    await draw();
    deepEqual(item.accessibilityInformation, { label: "OpenRouter: $4.00 left" });
  });

  it("reads what was spent about once a minute, however often it's drawn", async () => {
    for (let i = 0; i < 5; i++, now += 10_000) await draw();
    statusBar.showTurnCost({ usd: 1, isEstimate: true });
    equal(reads, 1);
    now += minute;
    statusBar.showTurnCost({ usd: 2, isEstimate: true });
    await draw();
    deepEqual([reads, loads], [2, 1]);
    days = undefined;
    ok((await draw()).includes("Set Up"));
    ok(!(await draw()).includes("Bar chart"), "nothing was spent");
  });

  it("loads and reads nothing in a window without the focus, without a key, or before the first connection", async () => {
    isFocused = false;
    await draw();
    isFocused = true;
    await draw(invitation);
    await draw({ hasConnected: false, sessions: [] });
    equal(loads, 0);
    equal(item.tooltip, undefined, "the item itself connects");
    await draw();
    equal(loads, 1);
  });

  it("reads again at once when the history is cleared, if it was ever read", async () => {
    statusBar.spendingCleared();
    await draw(invitation);
    equal(reads, 0);
    await draw();
    days = undefined;
    statusBar.spendingCleared();
    await new Promise((resolve) => setImmediate(resolve));
    equal(reads, 2);
    ok(!item.tooltip?.value.includes("Bar chart"));
  });

  it("stays without the picture where that can't be read, which is logged once", async () => {
    failure = new Error("no disk");
    ok(!(await draw()).includes("Bar chart"));
    now += minute;
    match(await draw(), /60% of the limit is used.*Show Spending/s);
    equal(reads, 2);
    deepEqual(
      lines.map((line) => line.split("\n")[0]),
      ["warn Can't show what was spent: Error: no disk"],
    );
    failure = undefined;
    now += minute;
    ok((await draw()).includes("Nov 25"), "it's tried again");
  });

  it("is drawn in the colors of the theme, and again when that changes", async () => {
    await draw();
    for (const [next, blue] of [
      [ColorThemeKind.Dark, "#0078d4"],
      [ColorThemeKind.Light, "#005fb8"],
      [ColorThemeKind.HighContrast, "#6fc3df"],
      [ColorThemeKind.HighContrastLight, "#0f4a85"],
    ] as const) {
      kind = next;
      themes.fire({ kind });
      equal(svgs().length, 2);
      for (const svg of svgs()) ok(svg.includes(blue), svg);
    }
  });
});
