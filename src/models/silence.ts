/** How long nothing may come, in milliseconds. */
interface SilenceLimits {
  /** Without a byte. */
  readonly bytes: number;
  /** Without an event, while comments come. */
  readonly events: number;
}

/** Notices that nothing comes any more. The timer isn't set again for each byte, which would cost more than the byte. */
export class Silence {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastByte: number;
  #lastEvent: number;

  /** @param now a clock in milliseconds, which runs as timers do */
  constructor(
    private limits: SilenceLimits,
    private readonly now: () => number,
    private readonly onSilence: () => void,
  ) {
    this.#lastByte = this.#lastEvent = now();
    this.#wait();
  }

  /** Something came. */
  break(withEvent: boolean): void {
    this.#lastByte = this.now();
    if (withEvent) this.#lastEvent = this.#lastByte;
  }

  /** From now on, these limits count. */
  restart(limits: SilenceLimits): void {
    this.limits = limits;
    this.break(true);
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const end = Math.min(this.#lastByte + this.limits.bytes, this.#lastEvent + this.limits.events);
    const rest = end - this.now();
    if (rest <= 0) this.onSilence();
    else this.#timer = setTimeout(() => this.#wait(), Math.ceil(rest));
  }
}
