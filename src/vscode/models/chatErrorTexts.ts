import { l10n } from "vscode";
import { plainText } from "../../common/plainText";
import type { ChatError, ChatFailure } from "../../models/chatError";
import type { OpenRouterFailure } from "../../openrouter/errors";
import { openRouterErrorMessage } from "../openRouterErrorMessage";
import type { ChatErrorContext } from "./chatErrorContext";
import { overBudgetText } from "./overBudgetText";

type Details = ChatError["details"];
type Message = (details: Details, context: ChatErrorContext) => string;

const asAnyRequest =
  (failure: OpenRouterFailure): Message =>
  () =>
    openRouterErrorMessage({ failure, details: {} });
const asStatus =
  (status: number): Message =>
  ({ retryAfter }) =>
    openRouterErrorMessage({
      failure: "status",
      details: { status, withKey: true, ...(retryAfter !== undefined && { retryAfter }) },
    });

/** What went wrong and what to do next, for each failure. */
export const chatErrorTexts: Record<ChatFailure, Message> = {
  notConnected: () => l10n.t("You're not connected to OpenRouter. Run Connect OpenRouter, then try again."),
  keysUnreadable: () =>
    l10n.t(
      "Can't read your keys from secret storage. Unlock or set up your keyring, then try again. Nothing was changed.",
    ),
  notAllowed: (_, { initiator }) =>
    l10n.t(
      "{0} isn't allowed to use your OpenRouter models. To change that, run OpenRouter: Manage Model Access.",
      initiator,
    ),
  notAnswered: (_, { initiator }) =>
    l10n.t(
      "You didn't say in time whether {0} may use your OpenRouter models. Try again, then answer the question.",
      initiator,
    ),
  unknownModel: (_, { model }) =>
    l10n.t("OpenRouter has no model {0} for this account. Choose another model.", model),
  badSettings: ({ setting = "providerRouting" }) =>
    setting === "providerRouting"
      ? l10n.t("The setting connectOpenRouter.providerRouting must be an object. Correct it, then try again.")
      : l10n.t(
          "A budget in the setting connectOpenRouter.extensionBudgets isn't an amount in USD, zero or more. Correct it, then try again.",
        ),
  overBudget: overBudgetText,
  spendingUnreadable: (_, { initiator }) =>
    l10n.t(
      "Can't read what {0} has spent, so its budget can't be checked. Try again, or see the log for details.",
      initiator,
    ),
  badInput: () => l10n.t("There is nothing to send to the model. Write a message, then try again."),
  network: asAnyRequest("network"),
  tls: asAnyRequest("tls"),
  proxy: asAnyRequest("proxy"),
  redirected: asAnyRequest("redirected"),
  intermediary: asAnyRequest("intermediary"),
  timeout: asAnyRequest("timeout"),
  keyRefused: (details, context) =>
    context.key
      ? l10n.t(
          "OpenRouter rejected your key {0}: it was revoked, disabled, or has expired. Reconnect, or use another account.",
          context.key.name,
        )
      : asStatus(401)(details, context),
  providerKeyRefused: (_, { model }) =>
    l10n.t(
      "The provider of {0} rejected the key that OpenRouter used there. If it's your own, correct it on OpenRouter, or choose another model.",
      model,
    ),
  keyLimit(details, context) {
    // Something is left, but too little for this request.
    if (details.affordableTokens) return chatErrorTexts.tooFewCredits(details, context);
    const { limit } = context;
    if (limit && !limit.resets)
      return l10n.t(
        "The key has reached its credit limit ({0}). Raise it on the key's page on OpenRouter.",
        limit.text,
      );
    return limit
      ? l10n.t(
          "The key has reached its credit limit ({0}). Raise it on the key's page on OpenRouter, or wait until it resets.",
          limit.text,
        )
      : l10n.t(
          "The key has reached its credit limit. Raise it on the key's page on OpenRouter, or wait until it resets.",
        );
  },
  outOfCredits: asStatus(402),
  tooFewCredits: ({ affordableTokens }) =>
    affordableTokens === undefined
      ? l10n.t(
          "Too little is left for this request. Add credits or raise the key's limit, start a new chat, or choose a cheaper model.",
        )
      : l10n.t(
          "What's left pays for only {0} more tokens, fewer than this request may take. Add credits or raise the key's limit, start a new chat, or choose a cheaper model.",
          affordableTokens,
        ),
  notPermitted: asStatus(403),
  noEndpoint: (_, { model }) =>
    l10n.t(
      "Your privacy settings and provider routing leave no provider for {0}. Change them on OpenRouter or in the setting connectOpenRouter.providerRouting, or choose another model.",
      model,
    ),
  modelGone: (_, { model }) => l10n.t("OpenRouter no longer has the model {0}. Choose another model.", model),
  promptTooLong: (_, { model }) =>
    l10n.t(
      "The conversation is too long for {0}. Start a new chat, attach less, or choose a model with a larger context.",
      model,
    ),
  tooLarge: () => l10n.t("The request is too large. Attach fewer or smaller files, or start a new chat."),
  badRequest: ({ status = 400 }, { model }) =>
    l10n.t(
      "{0} rejected the request (status {1}). It may not support what was sent, such as images or tools. Choose another model, or see the log.",
      model,
      status,
    ),
  rateLimited: asStatus(429),
  freeRateLimited: () =>
    l10n.t(
      "You've reached OpenRouter's limit for free models. It's higher for accounts that have bought credits. Try again later, or choose a model that isn't free.",
    ),
  overloaded: (_, { model }) =>
    l10n.t(
      "The provider of {0} is overloaded or down. Try again in a moment, or choose another model.",
      model,
    ),
  server: ({ status = 500 }, context) => asStatus(status)({}, context),
  moderated: ({ provider }) =>
    provider
      ? l10n.t(
          "The moderation of {0} flagged the message. Change it, or choose another model.",
          plainText(provider),
        )
      : l10n.t("The provider's moderation flagged the message. Change it, or choose another model."),
  guardrail: () =>
    l10n.t(
      "A guardrail of your OpenRouter account blocked the request. Change the message, or the guardrail on OpenRouter.",
    ),
  interrupted: () =>
    l10n.t("The connection broke before the answer was complete. Try again. What arrived may be charged."),
  stalled: (_, { model }) => l10n.t("{0} stopped answering. Try again, or choose another model.", model),
  providerError: (_, { model }) =>
    l10n.t(
      "The provider of {0} failed in the middle of the answer. Try again, or choose another model.",
      model,
    ),
  cutOff: (_, { model }) =>
    l10n.t(
      "The answer is longer than {0} can write at once. Ask for less, or choose a model with longer answers.",
      model,
    ),
  filtered: () =>
    l10n.t("The provider's content filter stopped the answer. Change the message, or choose another model."),
  badToolCall: ({ tool = "?" }, { model }) =>
    l10n.t(
      "{0} called the tool {1} in a wrong way. Try again, or choose another model.",
      model,
      plainText(tool),
    ),
  badStream: asAnyRequest("answer"),
  unexpected: () => l10n.t("Something went wrong. Try again, or see the log for details."),
};
