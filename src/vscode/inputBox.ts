import { type QuickInputButton, window } from "vscode";
import { SignInCanceled } from "../signIn/errors";
import { describeError } from "./errorMessages";

interface InputBoxTexts {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly buttons?: readonly (QuickInputButton & { run(): Thenable<unknown> })[];
}

/**
 * Asks for a secret. The box stays open while the user works elsewhere, and until `submit` accepts the text: an error
 * of `submit` is shown in the box. Closing the box rejects with `SignInCanceled`, an abort with the signal's
 * reason.
 */
export const showSecretInputBox = <T>(
  texts: InputBoxTexts,
  signal: AbortSignal,
  submit: (text: string) => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const box = window.createInputBox();
    Object.assign(box, texts, { ignoreFocusOut: true, password: true });
    let hidden = false;
    const end = (settle: () => void) => {
      settle(); // before the box closes, which is a cancel otherwise
      signal.removeEventListener("abort", abort);
      box.dispose();
    };
    const abort = () => end(() => reject(signal.reason));
    signal.addEventListener("abort", abort);
    box.onDidHide(() => {
      hidden = true;
      if (!box.busy) end(() => reject(new SignInCanceled()));
    });
    box.onDidTriggerButton((pressed) => texts.buttons?.find((button) => button === pressed)?.run());
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidAccept(async () => {
      box.busy = true;
      box.enabled = false;
      try {
        const result = await submit(box.value);
        end(() => resolve(result));
      } catch (error) {
        // In a hidden box nobody would read it; a cancel shows nothing.
        if (hidden || error instanceof SignInCanceled) return end(() => reject(error));
        box.validationMessage = describeError(error)?.message;
        box.enabled = true;
        box.busy = false;
      }
    });
    box.show();
    if (signal.aborted) abort();
  });
