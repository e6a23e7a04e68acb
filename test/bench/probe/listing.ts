import { CancellationTokenSource, type LanguageModelChatInformation } from "vscode";
import type { ListingSample } from "../tasks";
import { activated, modelsSample } from "./activation";
import { ours } from "./loading";

/** Requests the models as VS Code does, which nobody may have done in this window. */
export async function measureListing(): Promise<ListingSample> {
  await activated();
  const { models } = ours;
  if (!models) throw new Error("Our extension is not active");
  const { token } = new CancellationTokenSource();
  // Loads what is needed, without a list.
  await models.provideTokenCount({ id: "a/b" } as LanguageModelChatInformation, "", token);
  const start = performance.now();
  const list = await models.provideLanguageModelChatInformation({ silent: true }, token);
  return { load: modelsSample().load, total: performance.now() - start, count: list?.length ?? 0 };
}
