import { readingTime } from "../common/readingTime";

/**
 * Asks about something that another extension can gain from, until there is an answer that the user can have read the
 * question for. An extension chooses when a dialog opens, and a user who is typing then presses its first button.
 * @param ask shows a modal dialog; what is falsy takes nothing, and counts at once
 */
export async function deliberate<T>(ask: () => PromiseLike<T>): Promise<T> {
  for (;;) {
    const asked = performance.now();
    const answer = await ask();
    if (!answer || performance.now() - asked >= readingTime) return answer;
  }
}
