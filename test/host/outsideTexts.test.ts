import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  EventEmitter,
  env,
  extensions,
  type InputBox,
  MarkdownString,
  type QuickPick,
  type QuickPickItem,
  window,
  workspace,
} from "vscode";
import { svgImage } from "../../src/common/svgImage";
import type { CreditsState } from "../../src/credits/creditsHost";
import type { CreditsPolling } from "../../src/credits/creditsPolling";
import { ModelAccess } from "../../src/models/modelAccess";
import { getCurrentKey } from "../../src/openrouter/client";
import { accountLabel, type Session } from "../../src/sessions/session";
import { SessionStore } from "../../src/sessions/sessionStore";
import type { SignInHost } from "../../src/signIn/signInHost";
import { Budgets } from "../../src/spending/budgets";
import { anyTool } from "../../src/tools/commandLineTools";
import { OpenRouterAuthenticationProvider } from "../../src/vscode/authenticationProvider";
import { CreditsMenu } from "../../src/vscode/credits/creditsMenu";
import { CreditsStatusBar } from "../../src/vscode/credits/creditsStatusBar";
import { warnOfCredits } from "../../src/vscode/credits/creditsWarning";
import { KeyCommands } from "../../src/vscode/keys/keyCommands";
import { showRefusedKey } from "../../src/vscode/keys/refusedKeyNotification";
import { ModelAccessMenu } from "../../src/vscode/models/modelAccessMenu";
import { askForModelAccess } from "../../src/vscode/models/modelAccessQuestion";
import { UtilityModelOffer } from "../../src/vscode/models/utilityModelOffer";
import { reportError } from "../../src/vscode/showError";
import { ConnectedNotification } from "../../src/vscode/signIn/connectedNotification";
import { loopbackPage } from "../../src/vscode/signIn/loopbackPage";
import { askReplace, offerKeyForCopying } from "../../src/vscode/signIn/signInPrompts";
import { warnOfBudget } from "../../src/vscode/spending/budgetWarning";
import { BudgetWatch } from "../../src/vscode/spending/budgetWatch";
import { ExtensionBudgets } from "../../src/vscode/spending/extensionBudgets";
import { KeyTerminals } from "../../src/vscode/tools/keyTerminals";
import type { ToolServices } from "../../src/vscode/tools/toolServices";
import { noLog } from "../fakes/editor";
import { FakeLedger } from "../fakes/ledger";
import { findControl, findIcon, findLink, hostileText } from "../fakes/markup";
import { FakeSecretStorage, noIndex } from "../fakes/secrets";

const baseUrl = "https://openrouter.ai";

/** A text with every ASCII punctuation character escaped, which is plain in Markdown (CommonMark, section 2.4). */
const cell = "(?:\\\\[!-/:-@[-`{-~]|[^!-/:-@[-`{-~\\n])*";
const image = `!\\[[\\p{L}\\p{M}\\p{N} %.,]*\\]\\(data:image/svg\\+xml;base64,[\\w+/=]+\\|width=\\d+,height=\\d+\\)`;
const link = "\\[[\\w\\\\ …]+\\]\\(command:connectOpenRouter\\.(?:showSpending|openKeyPage|setUpTool)\\)";
/** The name, the bar, the figures, a problem, the picture with what it shows, and our links. */
const plainTooltip = new RegExp(
  `^\\*\\*OpenRouter\\*\\*\\n\\n(?:${image}\\n\\n)?(?:\\| \\| \\|\\n\\|:--\\|--:\\|\\n(?:\\| ${cell} \\| ${cell} \\|\\n)+\\n)?(?:${cell}\\n\\n)?(?:${image}\\n\\n${cell}  \\n${cell}\\n\\n)?${link} · ${link} · ${link}$`,
  "u",
);

const tags = (html: string) => html.match(/<[^>]*>/g);

describe("Texts from outside", () => {
  const { showInformationMessage, showWarningMessage, showErrorMessage } = window;
  const { showQuickPick, createQuickPick, createInputBox, createStatusBarItem } = window;
  const windowState = Object.getOwnPropertyDescriptor(window, "state") ?? {};
  const appName = Object.getOwnPropertyDescriptor(env, "appName") ?? {};
  let ordinaryPage: string;
  const terminals = new KeyTerminals({ extensionHost: "webWorker" } as ToolServices, () => {});
  /** All texts that VS Code was to show, with where. */
  let shown: [where: string, text: string][];

  /** Keeps every text of what is shown, however deep it is. */
  function show(where: string, value: unknown): void {
    if (typeof value === "string") shown.push([where, value]);
    else if (value instanceof MarkdownString) shown.push([where, value.value]);
    else if (value instanceof Object)
      for (const [name, part] of Object.entries(value)) if (name !== "access") show(`${where}.${name}`, part); // which an item of a list is about
  }

  /** An object of VS Code that keeps what is assigned to it. */
  const recorder = (where: string, methods: object) =>
    new Proxy<Record<string | symbol, unknown>>(
      { ...methods, activeItems: [], selectedItems: [] },
      {
        set(target, name, value) {
          target[name] = value;
          if (!String(name).startsWith("command")) show(`${where}.${String(name)}`, value);
          return true;
        },
      },
    );

  before(() => {
    ordinaryPage = loopbackPage();
    const message = async (...texts: unknown[]) => show("message", texts);
    const nothing = new EventEmitter<never>().event;
    const events = {
      onDidHide: nothing,
      onDidAccept: nothing,
      onDidTriggerItemButton: nothing,
      onDidTriggerButton: nothing,
    };
    const methods = { show() {}, hide() {}, dispose() {}, ...events };
    // The user chooses the action that lists the keys.
    const menuMethods = {
      ...methods,
      onDidAccept(this: QuickPick<QuickPickItem>, accept: () => Promise<void>) {
        this.show = () => {
          this.selectedItems = this.items.filter(({ label }) => label === "Choose Key");
          void accept();
        };
      },
    };
    // The user enters what is suggested.
    const boxMethods = {
      ...methods,
      onDidChangeValue: nothing,
      onDidAccept(this: InputBox, accept: () => void) {
        this.show = accept;
      },
    };
    Object.defineProperty(window, "state", { value: { focused: true }, configurable: true });
    Object.assign(window, {
      showInformationMessage: message,
      showWarningMessage: message,
      showErrorMessage: message,
      showQuickPick: async (items: Record<string, unknown>[], options: object) =>
        show("list", [items.map(({ session: _, id: __, ...item }) => item), options]),
      createQuickPick: () => recorder("menu", menuMethods),
      createInputBox: () => recorder("box", boxMethods),
      createStatusBarItem: () => recorder("status bar", methods),
    });
  });
  after(() => {
    Object.assign(window, { showInformationMessage, showWarningMessage, showErrorMessage });
    Object.assign(window, { showQuickPick, createQuickPick, createInputBox, createStatusBarItem });
    Object.defineProperty(window, "state", windowState);
    Object.defineProperty(env, "appName", appName);
  });
  beforeEach(() => {
    shown = [];
  });

  /** What the user of this window meets when everything from outside is this text. */
  async function meet(text: string): Promise<void> {
    const key = `sk-or-v1-${text.replace(/[^\x21-\x7e]/g, "").padStart(20, "x")}`;
    const session: Session = {
      version: 2,
      id: "a",
      key,
      label: text, // as another version may have stored it
      userId: text,
      baseUrl,
      createdAt: 1,
    };
    const fresh: Session = { ...session, id: "b", label: accountLabel(text) };
    const data = {
      ...{ label: text, limit: 5, limit_remaining: 0.1, limit_reset: text, expires_at: text },
      ...{ creator_user_id: text, is_free_tier: true },
    };
    const options = { fetch: async () => Response.json({ data }), log: noLog, baseUrl };
    const keyInfo = await getCurrentKey(key, options);
    const failing = {
      ...options,
      fetch: async () => Response.json({ error: { message: text } }, { status: 418 }),
    };
    const refusal = await getCurrentKey(key, failing).catch((error: unknown) => error);

    for (const ask of [
      async () => keyInfo,
      async () => ({ ...keyInfo, expiresAt: null }),
      () => Promise.reject(refusal),
      () => Promise.reject(new Error(text)),
    ]) {
      await new ConnectedNotification(ask, noLog).show({ session, requestedTerms: { limit: "5" } });
    }
    await terminals.open(session, anyTool);
    await warnOfCredits(session, { kind: "low", id: "" }, keyInfo);
    await showRefusedKey(session);
    for (const error of [refusal, new Error(text), Object.assign(new TypeError(text), { name: text }), text])
      reportError(error, noLog);
    await askReplace(session);
    await offerKeyForCopying(key, new Error(text));
    await look(text, session, fresh, keyInfo, refusal);
    await manage(session, fresh);
    await useModels(text, session);
    Object.defineProperty(env, "appName", { value: text, configurable: true });
    deepEqual(tags(loopbackPage()), tags(ordinaryPage), "the page has only its own elements");
    show("page", loopbackPage().replaceAll(/<style>.*?<\/style>|<[^>]*>|\n/gs, ""));
  }

  /** The status bar and its menu. */
  async function look(
    text: string,
    session: Session,
    fresh: Session,
    keyInfo: object,
    failure: unknown,
  ): Promise<void> {
    const changes = new EventEmitter<CreditsState>();
    let state = {} as CreditsState;
    const polling = {
      onDidChange: changes.event,
      state: async () => state,
      check: async () => {},
      choose: async () => {},
      retryAfter: 0,
    } as unknown as CreditsPolling;
    const picture = () => ({ image: svgImage(1, 1, ""), alt: text, lines: [text.slice(0, 200), ""] });
    const statusBar = new CreditsStatusBar(polling, () => ({ read: async () => {}, picture }), noLog);
    for (const active of [session, fresh]) {
      for (const problem of [undefined, failure]) {
        state = {
          sessions: [session, fresh],
          active,
          answer: { keyInfo, at: Date.now() },
          failure: problem,
          hasConnected: true,
        } as CreditsState;
        changes.fire(state);
        await new CreditsMenu(polling, noLog, () => {}).show();
      }
    }
    statusBar.dispose();
    changes.dispose();
  }

  /** What can be done with the keys, here and in VS Code's own menus. */
  async function manage(...sessions: Session[]): Promise<void> {
    const store = new SessionStore(new FakeSecretStorage().window(), noIndex, () => 1);
    for (const session of sessions) await store.put(session);
    const clipboard = { copy: async () => {} };
    const keys = new KeyCommands(store, { log: noLog, now: () => 1 } as SignInHost, clipboard, () => {});
    await keys.copyApiKey();
    for (const { id } of sessions.slice(1)) await store.remove(id);
    await keys.copyApiKey();
    await keys.disconnect();
    const provider = new OpenRouterAuthenticationProvider(store, () => Promise.reject(), noLog, {
      changes: { fire() {} },
      reportedNoSessions: false,
    });
    for (const { account } of await provider.getSessions([], {})) show("account", account.label);
    provider.dispose();
    store.dispose();
  }

  /** An extension, whose name and id are this text, wants to use the models. */
  async function useModels(text: string, session: Session): Promise<void> {
    const { getExtension } = extensions;
    const { getConfiguration } = workspace;
    Object.assign(extensions, {
      getExtension: (id: string) => (id === text ? { packageJSON: { displayName: text } } : undefined),
    });
    const settings: Record<string, unknown> = {
      "chat.utilitySmallModel": "",
      extensionBudgets: { [text]: 5 },
    };
    Object.assign(workspace, {
      getConfiguration: () => ({ get: (name: string) => (name in settings ? settings[name] : text) }),
    });
    const budgets = await useBudgets(text);
    const notKept = { get: () => undefined, update: async () => {} };
    try {
      const terms = { limit: 5, reset: text, expiresAt: Date.parse(text) };
      const access = new ModelAccess(notKept, { now: () => 1, ask: askForModelAccess(() => terms, budgets) });
      for (const id of [text, `${text}.`]) {
        await access.check(id, session);
        await access.set(id, session.id, false);
      }
      const menu = new ModelAccessMenu(
        access,
        { sessions: async () => [session], report: () => {} },
        async () => undefined,
        budgets,
      );
      await menu.show();
      const services = {
        state: notKept,
        sessions: async () => [],
        assertComplete: async () => {},
        log: noLog,
      };
      const offer = new UtilityModelOffer(services, async () => ({ id: text, name: text }));
      offer.showLater();
      await offer.answered();
    } finally {
      Object.assign(extensions, { getExtension });
      Object.assign(workspace, { getConfiguration });
    }
  }

  /** This extension has a budget, which changes. */
  async function useBudgets(text: string): Promise<ExtensionBudgets> {
    const ledger = new FakeLedger();
    const budgets = new ExtensionBudgets(
      new Budgets(ledger.window(), { now: () => 1, setting: () => ({ [text]: 5 }), warn() {}, log: noLog }),
      () => Promise.reject(new Error(text)),
      noLog,
    );
    await budgets.set(text);
    await budgets.set(text, { allows: true });
    const state = { extension: text, since: "2026-11-01", resets: "2026-12-01" };
    for (const spent of [4e9, 6e9])
      await warnOfBudget({ ...state, spent, budget: { amount: 5e9, isOwn: true } }, budgets);
    const known = { get: <T>() => ({ [text]: 1, [`${text}.`]: 1 }) as T, update: async () => {} };
    const watch = new BudgetWatch(known, () => {});
    await watch.check();
    watch.dispose();
    return budgets;
  }

  it("are never markup: no link, no icon, no Markdown, no HTML, and nothing that can't be seen", async function () {
    this.timeout(40_000); // hundreds of texts, each in everything that shows some
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        shown = [];
        await meet(text);
        const places = new Set(shown.map(([where]) => where.split(".")[0]));
        deepEqual([...places].sort(), ["account", "box", "list", "menu", "message", "page", "status bar"]);
        for (const [where, value] of shown) checkPlain(where, value);
      }),
      { numRuns: 300 },
    );
  });

  function checkPlain(where: string, text: string): void {
    if (where === "status bar.tooltip") {
      match(text, plainTooltip);
      return;
    }
    // The icon of the item is our own.
    const own = where === "status bar.text" ? text.replace(/^\$\([a-z-]+\) /, "") : text;
    equal(findLink(own), undefined, `${where} has a link`);
    equal(findIcon(own), undefined, `${where} has an icon`);
    equal(findControl(own), undefined, `${where} has a control character`);
    ok(own.length < 600, `${where} has ${own.length} characters`);
  }

  it("are shown all the same, as they are", async () => {
    await meet("[Reset](command:x) $(zap)");
    const texts = shown.map(([, text]) => text.replaceAll("\u2060", ""));
    ok(texts.some((text) => text.includes("Granted: $5.00 ([Reset](command:x) $(zap)).")));
    ok(texts.includes("[Reset](command:x) $(zap)"));
  });
});
