import type { CodeWindow } from "../e2e/window";
import type { Probe } from "./probeServer";
import type { Measurement } from "./report";
import { type ExtensionId, extensionIds, type LoadSample } from "./tasks";

const { empty, hollow, github, ours } = extensionIds;

/** Activates the extensions in this many extension hosts, one after the other. */
export async function measureActivation(
  window: CodeWindow,
  probe: Probe,
  runs: number,
): Promise<Measurement[]> {
  const samples: Record<ExtensionId, LoadSample>[] = [];
  const rest: LoadSample[] = [];
  for (let run = 0; run < runs; run++) {
    if (run > 0) await window.reload();
    samples.push(await probe.perform({ name: "activation" }));
    rest.push(await probe.perform({ name: "services" }));
  }
  const times = (id: ExtensionId) => samples.map(({ [id]: { load, activate } }) => load + activate);
  const heaps = (id: ExtensionId) => samples.map(({ [id]: { heap } }) => heap / 1000);
  return [...activationRows(times, rest), ...heapRows(heaps, rest)];
}

type SamplesOf = (id: ExtensionId) => number[];

function activationRows(times: SamplesOf, rest: LoadSample[]): Measurement[] {
  const row = (name: string, text: string, samples: number[], more: Partial<Measurement> = {}) =>
    ({ id: `activation.${name}`, text, unit: "ms", samples, ...more }) as const;
  const besideEmpty = { id: "activation.empty", name: "empty" };
  const besideOurs = { id: "activation.ours", name: "ours" };
  const besideGithub = { id: "activation.github", name: "github" };
  return [
    row("empty", "Activation: empty extension", times(empty)),
    row("hollow", "Activation: hollow extension", times(hollow), { comparedWith: besideEmpty }),
    row("ours", "Activation: ours", times(ours), { comparedWith: besideEmpty, goal: { maxRatio: 2 } }),
    row("github", "Activation: github-authentication", times(github), {
      comparedWith: besideOurs,
      goal: { minRatio: 2 },
    }),
    row(
      "rest",
      "Loading the rest, when it's needed",
      rest.map(({ load }) => load),
      { comparedWith: besideGithub },
    ),
  ];
}

function heapRows(heaps: SamplesOf, rest: LoadSample[]): Measurement[] {
  const whole = heaps(ours).map((heap, i) => heap + (rest[i]?.heap ?? Number.NaN) / 1000);
  const comparedWith = { id: "heap.github", name: "github" };
  return [
    { id: "heap.ours", text: "Heap: ours", unit: "KB", samples: heaps(ours), comparedWith },
    { id: "heap.whole", text: "Heap: ours, with the rest", unit: "KB", samples: whole, comparedWith },
    { id: "heap.github", text: "Heap: github-authentication", unit: "KB", samples: heaps(github) },
  ];
}
