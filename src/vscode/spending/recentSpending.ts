import { l10n } from "vscode";
import type { PictureColors } from "../../common/svgImage";
import { spent } from "../../spending/amounts";
import { dayBars } from "../../spending/dayBars";
import type { LedgerFiles } from "../../spending/ledgerFiles";
import type { LedgerReader } from "../../spending/readLedger";
import {
  type RecentDays,
  type RecentPicture,
  type RecentPictures,
  readRecentDays,
  recentReader,
} from "../../spending/recentDays";
import { utcDay } from "../../spending/utcDays";
import { formatShortDay, formatSpent } from "./spendingFormats";

/** What was spent on the last 14 days, as the ledger's files have it. */
export class RecentSpending implements RecentPictures {
  readonly #reader: LedgerReader;
  #recent: RecentDays | undefined;
  #hasWarned = false;

  /** @param warn is told once that a file can't be read */
  constructor(
    files: LedgerFiles,
    warn: (text: string) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.#reader = recentReader(files, (text) => {
      if (!this.#hasWarned) warn(text);
      this.#hasWarned = true;
    });
  }

  async read(): Promise<void> {
    try {
      this.#recent = await readRecentDays(this.#reader, utcDay(this.now()));
    } catch (error) {
      this.#recent = undefined;
      throw error;
    }
  }

  picture(colors: PictureColors): RecentPicture | undefined {
    if (!this.#recent) return undefined;
    const { days, total, greatest } = this.#recent;
    const day = formatShortDay(greatest.day);
    return {
      image: dayBars(days.map(spent), colors),
      alt: l10n.t("Bar chart of the last 14 days"),
      lines: [
        l10n.t("Your OpenRouter models cost {0} in the last 14 days.", formatSpent(total)),
        spent(greatest) === spent(total)
          ? l10n.t("All of it was spent on {0}.", day)
          : l10n.t("Most was spent on {0}: {1}.", day, formatSpent(greatest)),
      ],
    };
  }
}
