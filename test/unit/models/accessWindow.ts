import { SecretMemento } from "../../../src/common/secretMemento";
import { ModelAccess } from "../../../src/models/modelAccess";
import type { Session } from "../../../src/sessions/session";
import { noLog } from "../../fakes/editor";
import type { FakeSecretStorage } from "../../fakes/secrets";

/** A question of a window, as the user sees it. */
export interface OpenQuestion {
  readonly extension: string | undefined;
  readonly session: Session;
  answer(allowed: boolean | undefined): void;
  fail(error: Error): void;
}

/** A window that asks the user about extensions. */
export function openAccessWindow(storage: FakeSecretStorage, now: () => number = Date.now) {
  const state = new SecretMemento(storage.window(), "modelAccess", noLog);
  /** All questions so far, and those among them that are open. */
  const asked: (string | undefined)[] = [];
  const open: OpenQuestion[] = [];
  const access = new ModelAccess(state, {
    now,
    ask: (extension, session) =>
      new Promise((resolve, reject) => {
        asked.push(extension);
        const close = () => void open.splice(open.indexOf(question), 1);
        const question: OpenQuestion = {
          extension,
          session,
          answer(allowed) {
            close();
            resolve(allowed);
          },
          fail(error) {
            close();
            reject(error);
          },
        };
        open.push(question);
      }),
  });
  return { access, asked, open };
}
