/** Shorter timers belong to the environment (sockets, the fake OpenRouter) and run in real time. */
const shortestDelay = 10_000;

interface Timer {
  delay: number;
  due: number;
  run(): void;
}

/**
 * Replaces the long timers of the code under test. Unlike the mock timers of node:test it leaves the short timers
 * alone, which sockets need, and knows which timers are pending.
 */
export class FakeClock {
  /** Milliseconds since the start. */
  now = 0;
  #timers = new Set<Timer>();
  readonly #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

  install(): void {
    const { setTimeout, clearTimeout } = this.#real;
    const set = <Args extends unknown[]>(callback: (...args: Args) => void, delay = 0, ...args: Args) => {
      if (delay < shortestDelay) return setTimeout(callback, delay, ...args);
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

  /** The number of pending timers, optionally only those with this delay. */
  pending(delay?: number): number {
    return [...this.#timers].filter((timer) => delay === undefined || timer.delay === delay).length;
  }

  /** Drops every timer, for instance those of windows that were closed. */
  clear(): void {
    this.#timers = new Set();
  }

  /** Advances the time, and runs the timers that become due, in order. */
  advance(milliseconds: number): void {
    this.now += milliseconds;
    const due = [...this.#timers].filter((timer) => timer.due <= this.now).sort((a, b) => a.due - b.due);
    for (const timer of due) if (this.#timers.delete(timer)) timer.run();
  }
}
