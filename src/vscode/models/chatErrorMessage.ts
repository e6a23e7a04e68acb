import type { ChatError } from "../../models/chatError";
import type { ChatErrorContext } from "./chatErrorContext";
import { type ChatErrorLink, chatErrorLink } from "./chatErrorLink";
import { chatErrorTexts } from "./chatErrorTexts";

/** Why a request to a model failed, as the user reads it. */
export interface ChatErrorMessage {
  /** With what to do next. */
  readonly message: string;
  /** The page where that is done. */
  readonly link?: ChatErrorLink;
}

/** The message for a failed request to a model. */
export function chatErrorMessage(error: ChatError, context: ChatErrorContext): ChatErrorMessage {
  const message = chatErrorTexts[error.failure](error.details, context);
  const link = chatErrorLink(error, context.key);
  return { message, ...(link && { link }) };
}
