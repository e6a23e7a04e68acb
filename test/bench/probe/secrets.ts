import { ours } from "./loading";
import type { SecretsSample } from "./tasks";

/** How long VS Code takes for one call of SecretStorage. Storing a key takes several of them. */
export async function measureSecrets(): Promise<SecretsSample> {
  const secrets = ours.context?.secrets;
  if (!secrets) throw new Error("Our extension is not active");
  const start = performance.now();
  await secrets.store("bench", String(start));
  const written = performance.now();
  await secrets.get("bench");
  const read = performance.now();
  await secrets.delete("bench");
  return { write: written - start, read: read - written };
}
