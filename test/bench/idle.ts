import { type IdleSample, idleHour } from "./idleHour";
import type { Measurement } from "./report";

/** Simulates this many idle hours of one window, and of five. */
export async function measureIdle(runs: number): Promise<Measurement[]> {
  console.log("Simulating idle hours");
  const hours = async (windows: number) => {
    const samples: IdleSample[] = [];
    for (let run = 0; run < runs; run++) samples.push(await idleHour(windows));
    return samples;
  };
  const [one, five] = [await hours(1), await hours(5)];
  return [
    ...idleRows("one", "1 window", one),
    ...idleRows("five", "5 windows", five),
    {
      id: "idle.five.timers",
      text: "Idle hour, 5 windows: timers",
      unit: "",
      samples: five.map(({ timers }) => timers),
      exact: true,
    },
  ];
}

const idleRows = (name: string, windows: string, samples: IdleSample[]): Measurement[] => [
  {
    id: `idle.${name}.requests`,
    text: `Idle hour, ${windows}: requests`,
    unit: "",
    samples: samples.map(({ requests }) => requests),
    exact: true,
    goal: { max: 12 },
  },
  {
    id: `idle.${name}.heap`,
    text: `Idle hour, ${windows}: heap added`,
    unit: "KB",
    samples: samples.map(({ heap }) => heap / 1000),
    goal: { max: 20 }, // None, but a garbage collection leaves about this much.
  },
];
