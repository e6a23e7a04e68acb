/** Shorter timers are of the machinery around us (sockets, the fake OpenRouter), and run in real time. */
const shortest = 10_000;

interface Timer {
  delay: number;
  due: number;
  run(): void;
}

/**
 * Takes the long timers of the code under test out of real time. Unlike node:test's own mock timers it
 * leaves short ones alone, which sockets need, and tells what is still set.
 */
export class FakeClock {
  /** Milliseconds that went by. */
  now = 0;
  #timers = new Set<Timer>();
  readonly #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

  install(): void {
    const { setTimeout, clearTimeout } = this.#real;
    const set = <Args extends unknown[]>(callback: (...args: Args) => void, delay = 0, ...args: Args) => {
      if (delay < shortest) return setTimeout(callback, delay, ...args);
      const timer: Timer = { delay, due: this.now + delay, run: () => callback(...args) };
      this.#timers.add(timer);
      return timer;
    };
    const clear = (timer: unknown) => {
      if (!this.#timers.delete(timer as Timer)) clearTimeout(timer as NodeJS.Timeout);
    };
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  }

  uninstall(): void {
    Object.assign(globalThis, this.#real);
  }

  /** How many timers are set, of this delay if one is given. */
  pending(delay?: number): number {
    return [...this.#timers].filter((timer) => delay === undefined || timer.delay === delay).length;
  }

  /** As when nobody is left whom they could wake. */
  forgetAll(): void {
    this.#timers = new Set();
  }

  /** Lets time go by, and runs what becomes due, in order. */
  advance(milliseconds: number): void {
    this.now += milliseconds;
    const due = [...this.#timers].filter((timer) => timer.due <= this.now).sort((a, b) => a.due - b.due);
    for (const timer of due) if (this.#timers.delete(timer)) timer.run();
  }
}
