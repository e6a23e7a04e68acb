import { type CreditLimit, isCreditLimitDecided, readCreditLimitReset, writeCreditLimit } from "../settings";

/** Asks how much a new key may spend, as long as nobody has decided that. The answer goes into the settings. */
export class CreditLimitQuestion {
  #open: Promise<boolean> | undefined;

  /**
   * @param askUser proposes the reset; undefined where the user canceled
   * @param answered called once the answer is in the settings, or couldn't be written
   */
  constructor(
    private readonly askUser: (reset: CreditLimit["reset"]) => Promise<CreditLimit | undefined>,
    private readonly answered: () => void,
  ) {}

  get isNeeded(): boolean {
    return !isCreditLimitDecided();
  }

  /**
   * False where the user canceled. Whoever asks while it's open gets the same answer. Throws `SettingError` where the
   * setting for the reset is invalid, and `SettingsNotWritten`.
   */
  ask(): Promise<boolean> {
    this.#open ??= this.#ask().finally(() => {
      this.#open = undefined;
    });
    return this.#open;
  }

  async #ask(): Promise<boolean> {
    const answer = await this.askUser(readCreditLimitReset());
    if (!answer) return false;
    try {
      await writeCreditLimit(answer);
    } finally {
      this.answered(); // also where only a part of it could be written
    }
    return true;
  }
}
