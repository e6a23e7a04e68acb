import { connectAndAuthorize } from "../e2e/openRouter";
import type { CodeWindow } from "../e2e/window";
import { manyModels } from "../fakeOpenRouter/fakeModel";
import type { FakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";
import type { Probe } from "./probeServer";
import type { Measurement } from "./report";
import type { ListingSample } from "./tasks";

const count = 500;

/** Signs in, and requests the models once in each of this many extension hosts. The list is on disk. */
export async function measureListing(
  window: CodeWindow,
  probe: Probe,
  fakeOpenRouter: FakeOpenRouter,
  runs: number,
): Promise<Measurement[]> {
  fakeOpenRouter.models = manyModels(count);
  await probe.perform({ name: "removeAll" });
  await connectAndAuthorize(window);
  const samples: ListingSample[] = [];
  // The first one fetches the list.
  for (let run = -1; run < runs; run++) {
    const sample = await probe.perform<ListingSample>({ name: "list" });
    if (sample.count !== count) throw new Error(`${sample.count} models were listed`);
    if (run >= 0) samples.push(sample);
    await window.reload();
  }
  return [
    {
      id: "listing.load",
      text: "Loading the part for models, when it's needed",
      unit: "ms",
      samples: samples.map(({ load }) => load),
    },
    {
      id: "listing.first",
      text: `${count} models from disk to VS Code, at first`,
      unit: "ms",
      samples: samples.map(({ total }) => total),
      goal: { max: 15 },
    },
  ];
}
