import { type Disposable, InputBoxValidationSeverity, l10n, QuickInputButtons, window } from "vscode";
import { parseEnteredUsd } from "../common/enteredUsd";

export interface UsdBoxOptions {
  readonly title: string;
  readonly prompt: string;
  /** What stands there first, selected, so that typing replaces it. */
  readonly value: string;
  /** What an empty box means; undefined where it must not be empty. */
  readonly placeholder?: string | undefined;
  /** Why an amount can't be taken, in USD. */
  readonly refusal?: (usd: number) => string | undefined;
  /** What is worth knowing about an amount, in USD. */
  readonly warning: (usd: number) => string | undefined;
  /** Of how many questions this is which, from 1. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** Called when the user goes back to the question before; the box closes. */
  readonly onBack?: () => void;
}

/**
 * Asks for an amount in USD. The box stays open while the user works elsewhere.
 * @returns undefined where it was closed; an amount of undefined for an empty box
 */
export const showUsdBox = ({
  refusal,
  warning,
  onBack,
  ...options
}: UsdBoxOptions): Promise<{ readonly usd: number | undefined } | undefined> =>
  new Promise((resolve) => {
    const box = window.createInputBox();
    const { value, placeholder } = options;
    Object.assign(box, options, { ignoreFocusOut: true, valueSelection: [0, value.length] });
    const read = () => {
      const usd = parseEnteredUsd(box.value);
      return usd === undefined && !(box.value.trim() === "" && placeholder) ? undefined : { usd };
    };
    const problem = (entered: ReturnType<typeof read>) => {
      if (!entered) return l10n.t("Enter an amount in USD, such as 12.50.");
      return entered.usd === undefined ? undefined : refusal?.(entered.usd);
    };
    const validate = () => {
      const entered = read();
      const { usd } = entered ?? {};
      const message = usd !== undefined && warning(usd);
      box.validationMessage =
        problem(entered) ?? (message ? { message, severity: InputBoxValidationSeverity.Warning } : undefined);
    };
    if (onBack) box.buttons = [QuickInputButtons.Back];
    const subscriptions: Disposable[] = [
      box,
      box.onDidTriggerButton(() => {
        onBack?.();
        box.hide();
      }),
      box.onDidChangeValue(validate),
      box.onDidAccept(() => {
        const entered = read();
        if (problem(entered)) return validate();
        resolve(entered); // before the box closes, which is a cancel otherwise
        box.hide();
      }),
      box.onDidHide(() => {
        resolve(undefined);
        for (const subscription of subscriptions) subscription.dispose();
      }),
    ];
    if (box.value) validate(); // nothing is wrong yet with a box that nobody has typed into
    box.show();
  });
