import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { env, LanguageModelError } from "vscode";
import { ChatError, type ChatFailure } from "../../../src/models/chatError";
import type { ChatErrorContext } from "../../../src/vscode/models/chatErrorContext";
import { chatErrorForCaller } from "../../../src/vscode/models/chatErrorForCaller";
import { chatErrorMessage } from "../../../src/vscode/models/chatErrorMessage";

const secret = "sk-or-v1-5ec4e7";
const context: ChatErrorContext = {
  model: "Claude",
  initiator: "Cline (saoudrizwan.claude-dev)",
  limit: { text: "$10.00 a month", resets: true },
  key: {
    baseUrl: "https://openrouter.ai",
    hash: "abc",
    reconnectLink: "vscode://reconnect",
    name: "VS Code (sk-…)",
  },
};

/** All failures, with the page that helps: the compiler reports one that is missing here. */
const pages: Record<ChatFailure, string | undefined> = {
  notConnected: `${env.uriScheme}://connect-openrouter.connect-openrouter/reconnect?session=`,
  keysUnreadable: undefined,
  notAllowed: undefined,
  notAnswered: undefined,
  unknownModel: undefined,
  badSettings: undefined,
  overBudget: `${env.uriScheme}://connect-openrouter.connect-openrouter/setting?name=extensionBudgets`,
  spendingUnreadable: undefined,
  badInput: undefined,
  network: undefined,
  tls: `${env.uriScheme}://connect-openrouter.connect-openrouter/setting?name=tls`,
  proxy: `${env.uriScheme}://connect-openrouter.connect-openrouter/setting?name=proxy`,
  redirected: undefined,
  intermediary: undefined,
  timeout: undefined,
  keyRefused: "vscode://reconnect",
  providerKeyRefused: "/settings/integrations",
  keyLimit: "/keys/abc",
  outOfCredits: "/credits",
  tooFewCredits: "/credits",
  notPermitted: "/keys/abc",
  noEndpoint: "/settings/privacy",
  modelGone: undefined,
  promptTooLong: undefined,
  tooLarge: undefined,
  badRequest: undefined,
  rateLimited: undefined,
  freeRateLimited: "/credits",
  overloaded: undefined,
  server: undefined,
  moderated: undefined,
  guardrail: "/settings/privacy",
  interrupted: undefined,
  stalled: undefined,
  providerError: undefined,
  cutOff: undefined,
  filtered: undefined,
  badToolCall: undefined,
  badStream: undefined,
  unexpected: undefined,
};
const failures = Object.keys(pages) as ChatFailure[];
const failed = (failure: ChatFailure, details: ChatError["details"] = {}) =>
  new ChatError(failure, secret, { cause: new Error(secret), ...details });

describe("The error of a request to a model", () => {
  it("is one sentence or a few, with a next step, and with the page where that is", () => {
    for (const failure of failures) {
      const { message, link } = chatErrorMessage(failed(failure), context);
      match(message, /^.+\. .+\.$/, failure);
      doesNotMatch(message, new RegExp(`undefined|\\{\\d|${secret}`), failure);
      equal(link?.url.replace("https://openrouter.ai", ""), pages[failure], failure);
      const { link: withoutKey } = chatErrorMessage(failed(failure), { model: "a", initiator: "b" });
      const isOfKey = link?.url.startsWith("https://") || failure === "keyRefused";
      equal(withoutKey?.url, isOfKey ? undefined : link?.url, "no key, no page of it");
    }
  });

  it("names what is known", () => {
    const message = (failure: ChatFailure, details: ChatError["details"] = {}) =>
      chatErrorMessage(failed(failure, details), context).message;
    match(message("keyLimit"), /\(\$10\.00 a month\).* or wait until it resets\.$/);
    const total = { ...context, limit: { text: "$10.00 total", resets: false } };
    match(
      chatErrorMessage(failed("keyLimit"), total).message,
      /limit \(\$10\.00 total\)\. Raise it on the key's page on OpenRouter\.$/,
    );
    match(message("keyLimit", { affordableTokens: 1234 }), /only 1234 more tokens/);
    match(message("keyLimit", { affordableTokens: 0 }), /has reached its credit limit/);
    match(message("tooFewCredits", { affordableTokens: 1234 }), /only 1234 more tokens/);
    match(message("moderated", { provider: "OpenAI" }), /moderation of OpenAI/);
    match(message("badToolCall", { tool: "read_file" }), /^Claude called the tool read_file/);
    match(message("badRequest", { status: 422 }), /status 422/);
    match(message("rateLimited", { retryAfter: 7000 }), /in 7 seconds/);
    match(message("keyRefused"), /^OpenRouter rejected your key VS Code \(sk-…\): it was revoked/);
    const setting = "extensionBudgets";
    match(
      message("badSettings", { setting }),
      /A budget in the setting connectOpenRouter\.extensionBudgets isn't/,
    );
    const { link } = chatErrorMessage(failed("badSettings", { setting }), { model: "a", initiator: "b" });
    match(link?.url ?? "", /\/setting\?name=extensionBudgets$/);
    match(message("notAllowed"), /^Cline \(saoudrizwan\.claude-dev\) isn't allowed/);
  });

  it("says how much of a budget was spent, since when, and where to change it", () => {
    const usedBudget = { spent: 5.0234, budget: 5, since: "2026-12-01", resets: "2027-01-01" };
    const message = (changes: Partial<ChatErrorContext> = {}, budget = 5) =>
      chatErrorMessage(failed("overBudget", { usedBudget: { ...usedBudget, budget } }), {
        ...context,
        ...changes,
      }).message;
    equal(
      message(),
      "Cline (saoudrizwan.claude-dev) has spent $5.02 of its budget of $5.00 since December 1. The budget resets on January 1. To change it, run OpenRouter: Manage Model Access.",
    );
    match(
      message({ kind: "unnamed" }),
      /To change it, see the setting connectOpenRouter\.extensionBudgets\.$/,
    );
    equal(
      message({ kind: "chat" }),
      "VS Code's chat has spent $5.02 of its budget of $5.00 since December 1. Change the budget, choose a free model, or wait until it resets on January 1.",
    );
    match(
      message({}, 0),
      /^The budget of Cline \(saoudrizwan\.claude-dev\) is \$0\.00, so it may use only free models\. To/,
    );
    match(message({ kind: "chat" }, 0), /^The budget of VS Code's chat is \$0\.00\. Choose a free model/);
    const { TZ } = process.env;
    for (const zone of ["America/Los_Angeles", "Pacific/Kiritimati"]) {
      process.env.TZ = zone;
      match(message(), /since December 1\. The budget resets on January 1\./, "days are UTC's");
    }
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });

  it("is for VS Code's chat the message alone, with the page as a link", () => {
    const error = chatErrorForCaller(
      failed("outOfCredits"),
      chatErrorMessage(failed("outOfCredits"), context),
      true,
    );
    equal(error.stack, "");
    match(error.message, /account is out of credits.*\[Add Credits\]\(https:\/\/openrouter\.ai\/credits\)$/);
  });

  it("shows what the server said as plain text", () => {
    const hostile = { provider: "[a](command:b)", tool: "$(error)" };
    for (const failure of ["moderated", "badToolCall"] as const)
      doesNotMatch(chatErrorMessage(failed(failure, hostile), context).message, /\]\(|\$\(/);
  });

  it("doesn't become markup in VS Code's chat", () => {
    const hostile = { ...context, model: "[a](command:b) <img src=x> `c`" };
    const { message } = chatErrorForCaller(
      failed("stalled"),
      chatErrorMessage(failed("stalled"), hostile),
      true,
    );
    doesNotMatch(message, /(?<!\\)[[\]()<>`]/);
  });

  it("has for other extensions a type that tells what happened, without a secret", () => {
    const code = (failure: ChatFailure) => {
      const error = chatErrorForCaller(failed(failure), chatErrorMessage(failed(failure), context), false);
      ok(!error.message.includes(secret) && error.cause instanceof ChatError, failure);
      return error instanceof LanguageModelError ? error.code : undefined;
    };
    deepEqual(
      ["modelGone", "notAllowed", "keyRefused", "keyLimit", "overBudget", "network"].map((failure) =>
        code(failure as ChatFailure),
      ),
      [
        LanguageModelError.NotFound().code,
        LanguageModelError.NoPermissions().code,
        LanguageModelError.NoPermissions().code,
        LanguageModelError.Blocked().code,
        LanguageModelError.Blocked().code,
        undefined,
      ],
    );
  });
});
