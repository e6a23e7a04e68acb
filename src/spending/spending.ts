import type { Session } from "../sessions/session";
import type { Amounts } from "./amounts";

/** Who asked which model, and whose key paid. */
export interface Spender {
  /** The extension's id in lower case; `vscodeChat` for VS Code itself; "" for one that VS Code doesn't name. */
  readonly extension: string;
  /** The model that was asked, also where OpenRouter chose another one to answer. */
  readonly model: string;
  /** Names the key without being secret (`spendingKey`). */
  readonly key: string;
}

/** What one extension spent on one UTC day with one model and one key. */
export interface Spending extends Spender, Amounts {
  /** Such as "2026-11-27". */
  readonly day: string;
}

/** The extension as which VS Code's chat is kept. */
export const vscodeChat = "github.copilot-chat";

/**
 * The extension as it's kept.
 * @param initiator as VS Code names it: `core` is VS Code itself, which asks for its chat
 */
export function spendingExtension(initiator = ""): string {
  const extension = initiator.toLowerCase();
  return extension === "core" ? vscodeChat : extension;
}

/** The name of the session's key in the ledger. A session outlives its key, whose usage at OpenRouter begins at zero. */
export const spendingKey = ({ id, createdAt }: Pick<Session, "id" | "createdAt">): string =>
  `${id}/${createdAt}`;
