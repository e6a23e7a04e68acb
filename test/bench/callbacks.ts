import { connectAndAuthorize } from "../e2e/openRouter";
import type { CodeWindow } from "../e2e/window";
import type { Probe } from "./probeServer";
import type { Measurement } from "./report";
import type { CallbackSample } from "./tasks";

/** Signs in this many times, each time without a session. */
export async function measureCallbacks(
  window: CodeWindow,
  probe: Probe,
  runs: number,
): Promise<Measurement[]> {
  const samples: CallbackSample[] = [];
  for (let run = 0; run < runs; run++) {
    const [sample] = await Promise.all([
      probe.perform<CallbackSample>({ name: "callback" }),
      connectAndAuthorize(window),
    ]);
    samples.push(sample);
    await probe.perform({ name: "removeAll" });
  }
  const row = (name: string, text: string, part: (sample: CallbackSample) => number) =>
    ({ id: `callback.${name}`, text, unit: "ms", samples: samples.map(part) }) as const;
  const comparedWith = { id: "callback.whole", name: "whole" };
  const ourPart = ({ total, network, storage }: CallbackSample) => total - network - storage;
  return [
    {
      ...row("whole", "Callback to key, without the network", ({ total, network }) => total - network),
      goal: { max: 20 },
    },
    { ...row("storage", "… SecretStorage's part", ({ storage }) => storage), comparedWith },
    { ...row("own", "… our own part", ourPart), comparedWith },
  ];
}
