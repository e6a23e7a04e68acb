import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Extension, extensions, type MessageOptions, window } from "vscode";
import type { Terms } from "../../../src/openrouter/terms";
import { extensionDisplayName, extensionName } from "../../../src/vscode/extensionName";
import { askForModelAccess } from "../../../src/vscode/models/modelAccessQuestion";
import { readSlowly } from "../../fakes/slowReader";

const session = {
  version: 2,
  id: "a",
  key: `sk-or-v1-${"0123456789abcdef".repeat(4)}`,
  label: "VS Code",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
} as const;
const cline = "saoudrizwan.claude-dev";
const noBudget = { budgetText: () => undefined, set: async () => false };
const limited: Terms = { limit: 10, reset: "monthly", expiresAt: undefined };

describe("The question about an extension that wants to use the models", () => {
  const { showInformationMessage } = window;
  const { getExtension } = extensions;
  let shown: { message: string; options: MessageOptions; buttons: string[] }[];
  let button: string | undefined;
  let displayName: unknown;
  let endReading: () => void;

  beforeEach(() => {
    shown = [];
    button = "Allow";
    displayName = "Cline";
    endReading = readSlowly();
    Object.assign(window, {
      showInformationMessage: async (message: string, options: MessageOptions, ...buttons: string[]) => {
        shown.push({ message, options, buttons });
        return button;
      },
    });
    Object.assign(extensions, {
      getExtension: (id: string) =>
        id === cline ? ({ id, packageJSON: { displayName } } as Partial<Extension<unknown>>) : undefined,
    });
  });
  afterEach(() => {
    endReading();
    Object.assign(window, { showInformationMessage });
    Object.assign(extensions, { getExtension });
  });

  it("is modal, and names the extension, the key, and its limit", async () => {
    equal(await askForModelAccess(() => limited, noBudget)(cline, session), true);
    const [{ message, options, buttons } = { message: "", options: undefined, buttons: [] }] = shown;
    equal(message, `Allow 'Cline' (${cline}) to use your OpenRouter models?`);
    equal(options?.modal, true);
    match(
      options?.detail ?? "",
      /paid from your key VS Code \(sk-or-v1-\S+\)\. Credit limit: \$10\.00 a month\./,
    );
    ok(!options?.detail?.includes(session.key));
    match(options?.detail ?? "", /run OpenRouter: Manage Model Access/);
    deepEqual(buttons, ["Allow", "Allow up to…", "Don't Allow"]);
  });

  it("is a yes or a no only by its buttons", async () => {
    const ask = askForModelAccess(() => limited, noBudget);
    button = "Don't Allow";
    equal(await ask(cline, session), false);
    button = undefined;
    equal(await ask(cline, session), undefined);
  });

  it("takes no answer that was typed for something else", async () => {
    readSlowly(2);
    equal(await askForModelAccess(() => limited, noBudget)(cline, session), true);
    equal(shown.length, 3);
  });

  it("allows up to an amount, once that is set, and is asked again where it isn't", async () => {
    const chosen: (string | undefined)[] = ["Allow up to…", "Allow up to…", "Don't Allow"];
    Object.assign(window, {
      showInformationMessage: async (message: string) => {
        equal(message, `Allow 'Cline' (${cline}) to use your OpenRouter models?`);
        return chosen.shift();
      },
    });
    const set: unknown[] = [];
    let isWritten = false;
    const budgets = {
      budgetText: () => undefined,
      async set(...args: unknown[]) {
        set.push(args);
        return isWritten;
      },
    };
    const ask = askForModelAccess(() => limited, budgets);
    equal(await ask(cline, session), false);
    deepEqual(set, [
      [cline, { allows: true }],
      [cline, { allows: true }],
    ]);
    isWritten = true;
    chosen.push("Allow up to…");
    equal(await ask(cline, session), true);
    deepEqual(chosen, []);
  });

  it("takes no such answer either that was typed for something else", async () => {
    readSlowly(2);
    button = "Allow up to…";
    const budgets = { ...noBudget, set: async () => true };
    equal(await askForModelAccess(() => limited, budgets)(cline, session), true);
    equal(shown.length, 3);
  });

  it("says which budget applies, also to an extension without a name, which gets none of its own", async () => {
    const budgets = {
      ...noBudget,
      budgetText: (extension: string) => (extension === cline ? "$5.00 a month" : "$1.00 a month"),
    };
    const ask = askForModelAccess(() => limited, budgets);
    await ask(cline, session);
    match(shown[0]?.options.detail ?? "", /a month\. Budget of the extension: \$5\.00 a month\. To change/);
    await ask(undefined, session);
    match(shown[1]?.options.detail ?? "", /Budget of the extension: \$1\.00 a month\. Your answer counts/);
    deepEqual(shown[1]?.buttons, ["Allow", "Don't Allow"]);
  });

  it("says so where the key has no limit, and nothing where that isn't known", async () => {
    await askForModelAccess(() => ({ ...limited, limit: undefined }), noBudget)(cline, session);
    match(shown[0]?.options.detail ?? "", /which has no credit limit\. /);
    await askForModelAccess(() => undefined, noBudget)(cline, session);
    match(shown[1]?.options.detail ?? "", /paid from your key VS Code \(\S+\)\. To/);
  });

  it("shows the id of an extension of another extension host, and says where there is none", async () => {
    const ask = askForModelAccess(() => limited, noBudget);
    await ask("other.host", session);
    await ask(undefined, session);
    equal(shown[0]?.message, "Allow other.host to use your OpenRouter models?");
    match(shown[1]?.message ?? "", /an extension that VS Code doesn't name/);
    match(shown[1]?.options.detail ?? "", /Your answer counts in this window, until it's closed\.$/);
  });

  it("shows no name that could be taken for another id", () => {
    displayName = "GitHub Copilot' (GitHub.copilot-chat) \u201cx\u201d \u2018y\u2019 \uff08z\uff09";
    equal(extensionName(cline), `'GitHub Copilot GitHub.copilot-chat x y z' (${cline})`);
    for (const none of ["", "  ", "()", 1, null, undefined, ["x"]]) {
      displayName = none;
      equal(extensionDisplayName(cline), undefined);
      equal(extensionName(cline), cline);
    }
  });
});
