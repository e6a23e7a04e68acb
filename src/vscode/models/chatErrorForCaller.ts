import { LanguageModelError } from "vscode";
import { escapeMarkdown } from "../../common/plainText";
import type { ChatError, ChatFailure } from "../../models/chatError";
import type { ChatErrorMessage } from "./chatErrorMessage";

/** How other extensions tell errors apart (VS Code API, `LanguageModelError`). */
const kinds: Partial<Record<ChatFailure, (message: string) => Error>> = {
  unknownModel: LanguageModelError.NotFound,
  modelGone: LanguageModelError.NotFound,
  notConnected: LanguageModelError.NoPermissions,
  notAllowed: LanguageModelError.NoPermissions,
  notAnswered: LanguageModelError.NoPermissions,
  keyRefused: LanguageModelError.NoPermissions,
  notPermitted: LanguageModelError.NoPermissions,
  overBudget: LanguageModelError.Blocked,
  spendingUnreadable: LanguageModelError.Blocked,
  keyLimit: LanguageModelError.Blocked,
  outOfCredits: LanguageModelError.Blocked,
  tooFewCredits: LanguageModelError.Blocked,
  rateLimited: LanguageModelError.Blocked,
  freeRateLimited: LanguageModelError.Blocked,
  moderated: LanguageModelError.Blocked,
  guardrail: LanguageModelError.Blocked,
  filtered: LanguageModelError.Blocked,
};

/**
 * The error as who asked for the answer gets it.
 * @param isChat whether that is VS Code's own chat, which shows the message as Markdown, and the stack below it
 */
export function chatErrorForCaller(
  error: ChatError,
  { message, link }: ChatErrorMessage,
  isChat: boolean,
): Error {
  if (isChat) {
    const text = link
      ? `${escapeMarkdown(message)} [${escapeMarkdown(link.title)}](${link.url})`
      : escapeMarkdown(message);
    return Object.assign(new Error(text), { stack: "" });
  }
  const created = kinds[error.failure]?.(message) ?? new Error(message);
  return Object.assign(created, { cause: error });
}
