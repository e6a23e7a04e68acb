import { window } from "vscode";
import { errorText, type Log } from "../../common/log";
import type { PictureColors } from "../../common/svgImage";
import type { RecentPicture, RecentPictures } from "../../spending/recentDays";

/** Milliseconds from one read to the next: a little less than the minute after which the credits are drawn again. */
const pause = 55_000;

/** When to read what was spent lately: only in a window with the focus, and about once a minute. */
export class RecentReads {
  #pictures: RecentPictures | undefined;
  #nextAt = 0;
  #last: Promise<void> = Promise.resolve();
  #hasFailed = false;

  /**
   * @param load loads what reads and draws it
   * @param onDidRead there may be something new to draw
   */
  constructor(
    private readonly load: () => RecentPictures,
    private readonly log: Pick<Log, "warn">,
    private readonly onDidRead: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Reads it again if that is due. */
  check(): void {
    if (!window.state.focused || this.now() < this.#nextAt) return;
    this.#nextAt = this.now() + pause;
    this.#read();
  }

  /** Reads it again now if it was read before, such as when it was deleted. */
  changed(): void {
    if (this.#pictures) this.#read();
  }

  picture(colors: PictureColors): RecentPicture | undefined {
    return this.#pictures?.picture(colors);
  }

  /** One after the other, so that the last one has the newest. What fails is logged once, and tried again later. */
  #read(): void {
    this.#last = this.#last.then(async () => {
      try {
        this.#pictures ??= this.load();
        await this.#pictures.read();
      } catch (error) {
        if (!this.#hasFailed) this.log.warn(`Can't show what was spent: ${errorText(error)}`);
        this.#hasFailed = true;
      }
      this.onDidRead();
    });
  }
}
