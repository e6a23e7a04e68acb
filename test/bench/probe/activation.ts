import { join } from "node:path";
import { type Extension, type ExtensionContext, extensions } from "vscode";
import { type ExtensionId, extensionIds, type LoadSample } from "../tasks";
import { ours, samples, watch } from "./loading";

const ids: ExtensionId[] = Object.values(extensionIds);

/** A different order in each window, so that the cold start doesn't always hit the same extension. */
function orderIn(window: number): ExtensionId[] {
  const first = window % ids.length;
  const order = [...ids.slice(first), ...ids.slice(0, first)];
  return Math.floor(window / ids.length) % 2 === 0 ? order : order.reverse();
}

let activation: Promise<unknown> | undefined;

/** Watches the extensions, and activates those that aren't active yet. */
export async function startActivation({ globalState }: ExtensionContext): Promise<void> {
  for (const id of ids) {
    if (find(id).isActive) throw new Error(`${id} was active before it could be watched`);
    watch(find(id).extensionPath, mainOf(find(id)), id === extensionIds.ours);
  }
  const window = globalState.get("windows", 0);
  activation = (async () => {
    for (const id of orderIn(window)) await find(id).activate();
    await globalState.update("windows", window + 1);
  })();
}

/** What each extension cost. */
export async function activationSamples(): Promise<Record<string, LoadSample>> {
  await activation;
  return Object.fromEntries(ids.map((id) => [id, sampleOf(mainOf(find(id)))]));
}

/** What the rest of ours costs in addition. Removing a session that doesn't exist loads it. */
export async function servicesSample(): Promise<LoadSample> {
  await ours.provider?.removeSession("none");
  return sampleOf("./services.js");
}

/** What the part for models costs in addition. */
export const modelsSample = (): LoadSample => sampleOf("./models.js");

/** Resolves once all of them are active. */
export const activated = () => activation;

function find(id: string): Extension<unknown> {
  const extension = extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not installed`);
  return extension;
}

const mainOf = ({ extensionPath, packageJSON: { main } }: Extension<unknown>) =>
  join(extensionPath, main.endsWith(".js") ? main : `${main}.js`);

function sampleOf(file: string): LoadSample {
  const sample = samples.get(file);
  if (!sample) throw new Error(`${file} was not seen to load`);
  return sample;
}
