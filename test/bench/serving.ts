import { connectAndAuthorize } from "../e2e/openRouter";
import type { CodeWindow } from "../e2e/window";
import type { Probe } from "./probeServer";
import type { Measurement } from "./report";
import type { ServingSample } from "./tasks";

/** Signs in, and lets another extension request the session. */
export async function measureServing(window: CodeWindow, probe: Probe, runs: number): Promise<Measurement[]> {
  await connectAndAuthorize(window);
  const consent = probe.perform({ name: "consent" });
  await window.dialog("OpenRouter").getByRole("button", { name: "Allow" }).click();
  await window.pick("VS Code");
  await consent;

  const serve = async (sessions: number, calls: number, times: number) => {
    const samples: ServingSample[] = [];
    for (let i = 0; i < times; i++) {
      samples.push(await probe.perform({ name: "serve", sessions, calls }));
    }
    return samples;
  };
  const once = await serve(1, 1, runs);
  // Each sample is already a mean of 1000 calls.
  const often = await serve(100, 1000, Math.ceil(runs / 3));
  const inside = ({ inside }: ServingSample) => inside;
  return [
    {
      id: "serving.once.inside",
      text: "getSession × 1, 1 session: inside our provider",
      unit: "ms",
      samples: once.map(inside),
      goal: { max: 1 },
    },
    {
      id: "serving.often.inside",
      text: "getSession × 1000, 100 sessions: inside our provider",
      unit: "ms",
      samples: often.map(inside),
      comparedWith: { id: "serving.often.whole", name: "whole" },
      goal: { max: 1 },
    },
    {
      id: "serving.often.whole",
      text: "getSession × 1000, 100 sessions: a whole call",
      unit: "ms",
      samples: often.map(({ total }) => total),
    },
  ];
}
