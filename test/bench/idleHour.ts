import { mock } from "node:test";
import { hour, minute, startWindows } from "../fakes/windows";
import { collectGarbage } from "./garbage";

export interface IdleSample {
  requests: number;
  /** Timers that are active at the end, in all windows. */
  timers: number;
  /** Bytes added during the hour. */
  heap: number;
}

/** A simulated hour with this many windows that show the credits. The user switches between them. */
export async function idleHour(windows: number): Promise<IdleSample> {
  const endings: (() => void)[] = [];
  const { open, pass, times } = await startWindows({ mock, after: (end) => endings.push(end) });
  let timers = 0;
  const { setInterval, clearInterval } = globalThis;
  Object.assign(globalThis, {
    setInterval: (...timer: Parameters<typeof setInterval>) => {
      timers++;
      return setInterval(...timer);
    },
    clearInterval: (timer: NodeJS.Timeout) => {
      timers--;
      clearInterval(timer);
    },
  });
  try {
    const all = Array.from({ length: windows }, (_, i) => open(i === 0));
    for (const { polling } of all) polling.start();
    await pass(hour); // What stays in memory is allocated by then.
    const requestsBefore = times().length;
    const before = usedHeap();
    for (let at = 0; at < 60; at++) {
      for (const [i, window] of all.entries()) window.focused = i === at % windows;
      await all[at % windows]?.polling.check();
      await pass(minute);
    }
    return { requests: times().length - requestsBefore, timers, heap: usedHeap() - before };
  } finally {
    for (const end of endings) end();
    Object.assign(globalThis, { setInterval, clearInterval });
    mock.timers.reset();
  }
}

function usedHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
