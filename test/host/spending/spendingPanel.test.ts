import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import fc from "fast-check";
import { extensions, type WebviewPanel, window } from "vscode";
import type { Session } from "../../../src/sessions/session";
import { fromUsd } from "../../../src/spending/amounts";
import { type Spending, spendingKey } from "../../../src/spending/spending";
import { addDays } from "../../../src/spending/utcDays";
import {
  SpendingPanel,
  type SpendingPanelHost,
  spendingViewType,
} from "../../../src/vscode/spending/spendingPanel";
import { findControl, hostileText } from "../../fakes/markup";
import { spending, today } from "../../unit/spending/reportSpendings";

const now = Date.parse(`${today}T12:00Z`);
const session: Session = {
  version: 2,
  id: "a",
  key: `sk-or-v1-${"0123456789abcdef".repeat(4)}`,
  label: "VS Code",
  baseUrl: "https://openrouter.ai",
  createdAt: 5,
};
const cline = "saoudrizwan.claude-dev";
const key = spendingKey(session);

describe("The spending page", () => {
  const { createWebviewPanel } = window;
  const { getExtension } = extensions;
  let opened: WebviewPanel[];
  let spendings: readonly Spending[];
  let host: SpendingPanelHost;
  let panel: SpendingPanel;
  let reported: unknown[];
  let displayNames: Record<string, string>;

  beforeEach(() => {
    opened = [];
    reported = [];
    displayNames = { [cline]: "Cline", "a.a": "Alpha" };
    spendings = [
      spending({ extension: cline, cost: fromUsd(1.25), key }),
      spending({ extension: "github.copilot-chat", cost: fromUsd(0.5), key, model: "anthropic/claude" }),
    ];
    host = {
      read: async (since) => spendings.filter(({ day }) => day >= since),
      budgetOf: () => undefined,
      activeSession: async () => session,
      usageOf: () => undefined,
      refreshUsage: async () => {},
      message: (error) => `Because: ${error}`,
      report: (error) => void reported.push(error),
    };
    panel = new SpendingPanel(
      new Proxy({} as SpendingPanelHost, { get: (_, name) => Reflect.get(host, name) }),
      () => now,
    );
    Object.assign(window, {
      createWebviewPanel: (...args: Parameters<typeof createWebviewPanel>) => {
        const created = createWebviewPanel(...args);
        opened.push(created);
        return created;
      },
    });
    Object.assign(extensions, {
      getExtension: (id: string) =>
        displayNames[id] === undefined ? undefined : { packageJSON: { displayName: displayNames[id] } },
    });
  });
  afterEach(() => {
    panel.dispose();
    Object.assign(window, { createWebviewPanel });
    Object.assign(extensions, { getExtension });
  });

  const html = () => opened.at(-1)?.webview.html ?? "";
  const decode = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
  const plain = (markup: string) => decode(markup.replace(/<[^>]*>/g, "")).trim();
  const section = (heading: string) =>
    html()
      .split("<section")
      .find((part) => part.includes(`>${heading}</h2>`)) ?? "";
  /** The rows of the table below a heading, as texts. */
  const rows = (heading: string) =>
    [...section(heading).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
      [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => plain(cell)),
    );

  it("is one tab, without scripts, which can run our own commands and nothing else", async () => {
    await panel.show();
    equal(opened.length, 1);
    equal(opened[0]?.viewType.replace("mainThreadWebview-", ""), spendingViewType);
    equal(opened[0]?.title, "OpenRouter Spending");
    const { enableScripts, localResourceRoots, enableCommandUris } = opened[0]?.webview.options ?? {};
    deepEqual([enableScripts, localResourceRoots], [false, []]);
    deepEqual(enableCommandUris, [
      "connectOpenRouter.showSpending",
      "connectOpenRouter.exportSpending",
      "connectOpenRouter.clearSpendingHistory",
      "connectOpenRouter.manageModelAccess",
      "connectOpenRouter.chatWithModels",
      "connectOpenRouter.connect",
    ]);
    match(html(), /Your OpenRouter models cost \$1\.75 in the last 30 days\./);
    const first = html();
    spendings = [...spendings, spending({ cost: fromUsd(2) })];
    await panel.show();
    equal(opened.length, 1);
    match(html(), /cost \$3\.75 in/);
    const nonce = /nonce="([^"]*)"/;
    ok(nonce.exec(first)?.[1] !== nonce.exec(html())?.[1], "each page has a nonce of its own");
  });

  it("shows who spent what, by extension, model, and day, with totals", async () => {
    spendings = [
      ...spendings,
      spending({ day: addDays(today, -1), cost: fromUsd(0.02), requests: 3, promptTokens: 1234 }),
    ];
    await panel.show();
    deepEqual(rows("By extension"), [
      [
        "Extension",
        "Cost",
        "Requests",
        "Input tokens",
        "of them cached",
        "Output tokens",
        "of them reasoning",
      ],
      [`Cline (${cline})`, "$1.25", "1", "0", "0", "0", "0"],
      ["VS Code's chat (github.copilot-chat)", "$0.50", "1", "0", "0", "0", "0"],
      ["Alpha (a.a)", "$0.02", "3", "1,234", "0", "0", "0"],
      ["Total", "$1.77", "5", "1,234", "0", "0", "0"],
    ]);
    deepEqual(
      rows("By model").map((row) => row.slice(0, 3)),
      [
        ["Model", "Cost", "Requests"],
        ["openai/gpt", "$1.27", "4"],
        ["anthropic/claude", "$0.50", "1"],
        ["Total", "$1.77", "5"],
      ],
    );
    const days = rows("By day");
    equal(days.length, 32);
    deepEqual(days.slice(0, 4), [
      ["Day (UTC)", "Cline", "VS Code's chat", "Alpha", "Total"],
      ["Nov 27, 2026", "$1.25", "$0.50", "$0.00", "$1.75"],
      ["Nov 26, 2026", "$0.00", "$0.00", "$0.02", "$0.02"],
      ["Nov 25, 2026", "$0.00", "$0.00", "$0.00", "$0.00"],
    ]);
    deepEqual(days.at(-1), ["Total", "$1.25", "$0.50", "$0.02", "$1.77"]);
  });

  it("draws a bar for each day, with what it is in words, and the legend in the order of the bar", async () => {
    await panel.show();
    const picture = section("Last 30 days");
    equal(picture.match(/<g>/g)?.length, 30);
    match(
      decode(picture),
      /aria-label="Bar chart of the last 30 days: \$1\.75, most of it on Nov 27, 2026 with \$1\.75\. The table “By day” has the same figures\."/,
    );
    deepEqual(
      [...picture.matchAll(/<rect class="bar (\S+)".*?<title>(.*?)<\/title>/g)].map(
        ([, color, title = ""]) => [color, decode(title)],
      ),
      [
        ["series-1", "Nov 27, 2026, Cline: $1.25"],
        ["series-2", "Nov 27, 2026, VS Code's chat: $0.50"],
      ],
    );
    const legend = [...picture.matchAll(/<span class="swatch (\S+)".*?<bdi>(.*?)<\/bdi>/g)];
    deepEqual(
      legend.map(([, color, name = ""]) => [color, decode(name)]),
      [
        ["series-1", "Cline"],
        ["series-2", "VS Code's chat"],
      ],
    );
  });

  it("shows this month beside the budgets: what is left, nearly used up, and reached", async () => {
    const budgets: Record<string, number> = {
      [cline]: 1.25,
      "github.copilot-chat": 0.62,
      "a.a": 1,
      "c.c": 1,
      "z.z": 0,
    };
    host = {
      ...host,
      budgetOf: (extension) =>
        extension === "y.y" ? "invalid" : extension in budgets ? fromUsd(budgets[extension] ?? 0) : undefined,
    };
    spendings = [
      ...spendings,
      spending({ cost: fromUsd(0.799) }),
      spending({ extension: "b.b", cost: 1 }),
      spending({ extension: "c.c", cost: fromUsd(0.29) }), // 0.29 * 100 is less than 29
      spending({ extension: "y.y", cost: 0 }),
      spending({ extension: "z.z", cost: 0 }),
    ];
    await panel.show();
    deepEqual(rows("This month"), [
      ["Extension", "Cost", "Monthly budget", "Used"],
      [`Cline (${cline})`, "$1.25", "$1.25", "Reached 100%"],
      ["Alpha (a.a)", "$0.799", "$1.00", "79%"],
      ["VS Code's chat (github.copilot-chat)", "$0.50", "$0.62", "80%"],
      ["c.c", "$0.29", "$1.00", "29%"],
      ["b.b", "$0.000000001", "None", "–"],
      ["y.y", "$0.00", "Invalid", "–"],
      ["z.z", "$0.00", "$0.00", "Reached"],
      ["Total", "$2.84", "", ""],
    ]);
    match(
      section("This month"),
      /class="error">Reached 100%<.*class="warning">80%<.*class="error">Reached</s,
    );
  });

  it("marks what is estimated, and says why", async () => {
    await panel.show();
    ok(!html().includes("≈"));
    spendings = [
      ...spendings,
      spending({ cost: fromUsd(0.1), estimatedCost: fromUsd(0.1), estimatedRequests: 1 }),
    ];
    await panel.show();
    match(html(), /Your OpenRouter models cost ≈\$1\.85 in/);
    equal(rows("By extension")[3]?.[1], "≈$0.10");
    match(
      plain(section("About these figures")),
      /≈ marks amounts that are partly estimated \(up to \$0\.10\)/,
    );
    // Of a router that was canceled before it chose a model, nothing is known.
    spendings = [spending({ cost: 0, estimatedRequests: 1 })];
    await panel.show();
    equal(rows("By extension")[1]?.[1], "≈$0.00");
    match(plain(section("About these figures")), /≈ marks amounts/);
  });

  it("shows apart what the user's own provider keys were charged, where there is any", async () => {
    spendings = [
      ...spendings,
      spending({ cost: fromUsd(0.1), upstreamCost: fromUsd(2), model: "byok/model" }),
    ];
    await panel.show();
    deepEqual(
      rows("By model").map((row) => row.slice(0, 4)),
      [
        ["Model", "Cost", "Charged by OpenRouter", "Your provider keys"],
        ["byok/model", "$2.10", "$0.10", "$2.00"],
        ["openai/gpt", "$1.25", "$1.25", "$0.00"],
        ["anthropic/claude", "$0.50", "$0.50", "$0.00"],
        ["Total", "$3.85", "$1.85", "$2.00"],
      ],
    );
    match(
      plain(section("About these figures")),
      /\$2\.00 of the last 30 days was charged to your own provider keys/,
    );
  });

  it("shows what OpenRouter counted for the key beside it, and what the difference is", async () => {
    spendings = [
      ...spendings,
      spending({ day: "2026-11-23", cost: fromUsd(0.25), estimatedCost: 1, estimatedRequests: 1, key }),
      spending({ cost: fromUsd(100), key: "another" }),
    ];
    host = { ...host, usageOf: () => ({ at: now - 60_000, daily: 1.75, weekly: 1.9, monthly: 5 }) };
    await panel.show();
    deepEqual(rows("Counted by OpenRouter").slice(1), [
      ["Today", "$1.75", "$1.75", "$0.00", "Both counted the same."],
      [
        "This week",
        "$1.90",
        "≈$2.00",
        "$0.10",
        "When OpenRouter said so, it hadn't counted everything yet, or the estimates here are too high.",
      ],
      [
        "This month",
        "$5.00",
        "≈$2.00",
        "$3.00",
        "Used by other tools or computers with the same key, or before this history began, or the estimates here are too low.",
      ],
    ]);
    host = { ...host, usageOf: () => ({ at: now - 60_000, daily: 2 }) };
    await panel.show();
    equal(
      rows("Counted by OpenRouter")[1]?.at(-1),
      "Used by other tools or computers with the same key, or before this history began.",
    );
    match(plain(section("Counted by OpenRouter")), /for your key VS Code \(sk-or-v1-\S+\)/);
    ok(!html().includes(session.key));
  });

  it("says so where OpenRouter hasn't said yet, where there is no key, and where the keys can't be read", async () => {
    await panel.show();
    match(
      plain(section("Counted by OpenRouter")),
      /OpenRouter hasn't said yet what your key VS Code .* has used/,
    );
    host = { ...host, usageOf: () => ({ at: now - 86_400_000, daily: 1 }) };
    await panel.show();
    deepEqual(rows("Counted by OpenRouter")[1]?.slice(1, 2), ["Not known"]);
    const connect = /<a href="command:connectOpenRouter\.connect">Connect OpenRouter</;
    doesNotMatch(html(), connect);
    host = { ...host, activeSession: async () => undefined };
    await panel.show();
    match(html(), connect);
    match(plain(section("Counted by OpenRouter")), /You're not connected to OpenRouter\.$/);
    host = { ...host, activeSession: () => Promise.reject("locked") };
    await panel.show();
    match(plain(section("Counted by OpenRouter")), /Because: locked$/);
    equal(rows("By extension").length, 4);
  });

  it("asks OpenRouter again, but doesn't wait for it, and shows its answer when it comes", async () => {
    let answer = () => {};
    const asked: string[] = [];
    host = {
      ...host,
      refreshUsage: ({ id }) => {
        asked.push(id);
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    };
    await panel.show();
    deepEqual(asked, ["a"]);
    match(html(), /OpenRouter hasn&#39;t said yet/);
    let reads = 0;
    const { read } = host;
    const again = new Promise<void>((resolve) => {
      host = {
        ...host,
        usageOf: () => ({ at: now, daily: 1.75 }),
        read: (since) => {
          reads++;
          setTimeout(resolve);
          return read(since);
        },
      };
    });
    answer();
    await again;
    equal(rows("Counted by OpenRouter")[1]?.[1], "$1.75");

    await panel.show(); // without its answer
    opened[0]?.dispose();
    const before = reads;
    answer();
    await new Promise(setImmediate);
    equal(reads, before, "a page that was closed stays closed");
    equal(opened.length, 1);
    await panel.refresh();
    equal(opened.length, 1);
    host = { ...host, refreshUsage: async () => {} };
    await panel.show();
    equal(opened.length, 2);
    deepEqual(reported, []);
  });

  it("isn't overwritten by figures that were read before", async () => {
    await panel.show();
    let finish: (value: readonly Spending[]) => void = () => {};
    const { read } = host;
    host = {
      ...host,
      read: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    };
    const late = panel.refresh();
    await new Promise(setImmediate);
    host = { ...host, read };
    spendings = [spending({ cost: fromUsd(7) })];
    await panel.refresh();
    finish([]);
    await late;
    match(html(), /cost \$7\.00 in/);
  });

  it("says what will be there, and how to begin, where nothing was spent", async () => {
    spendings = [];
    await panel.show();
    match(html(), /Nothing was spent in the last 30 days\./);
    match(html(), /href="command:connectOpenRouter\.chatWithModels">Chat with OpenRouter&#39;s Models</);
    ok(!html().includes("<svg"));
    ok(!html().includes("exportSpending"));
  });

  it("rejects where what was spent can't be read", async () => {
    host = { ...host, read: () => Promise.reject(new Error("disk")) };
    await rejects(panel.show(), /disk/);
    equal(opened.length, 0);
  });

  it("shows apart extensions that call themselves the same", async () => {
    displayNames = { "a.a": "Twin", "b.b": "Twin" };
    spendings = [spending({ cost: 2 }), spending({ extension: "b.b", cost: 1 })];
    await panel.show();
    deepEqual(rows("By day")[0], ["Day (UTC)", "Twin (a.a)", "Twin (b.b)", "Total"]);
  });

  it("shows no text from outside as anything but text", async () => {
    const tags = () =>
      html()
        .match(/<[^>]*>/g)
        ?.map((tag) => tag.replace(/="[^"]*"/g, "")) ?? [];
    const meet = async (text: string) => {
      displayNames = { "a.a": text };
      spendings = [spending({ cost: 2, model: text }), spending({ extension: `-${text}`, cost: 1 })];
      host = {
        ...host,
        usageOf: () => ({ at: now }),
        activeSession: async () => ({ ...session, label: text }),
      };
      await panel.show();
    };
    await meet("ordinary");
    const ordinary = tags();
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        await meet(text);
        // A name of nothing that can be seen is none: then the id stands alone.
        if (html().split('class="detail"').length === 3) deepEqual(tags(), ordinary);
        equal(findControl(plain(html().replace(/<style.*?<\/style>/s, "")).replaceAll("\n", " ")), undefined);
      }),
      { numRuns: 50 },
    );
  });

  it("takes 60 ms to build, also of 90 days of 20 extensions and 8 models", async () => {
    const heavy = Array.from({ length: 90 * 20 * 8 }, (_, i) =>
      spending({
        day: addDays(today, -(i % 90)),
        extension: `publisher.extension-${Math.floor(i / 90) % 20}`,
        model: `author/model-${Math.floor(i / 1800)}`,
        cost: i * 1000,
        key,
      }),
    );
    spendings = JSON.parse(JSON.stringify(heavy)); // as they come from the disk
    await panel.show();
    // Of the processor, however many share it.
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      const before = process.cpuUsage();
      await panel.refresh();
      times.push(process.cpuUsage(before).user / 1000);
    }
    ok(Math.min(...times) < 60, `${times.map(Math.round)} ms`);
  });
});
