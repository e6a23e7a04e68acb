import type { Answer } from "./answer";
import { chatProblems } from "./chatProblems";
import type { FakeModel } from "./fakeModel";
import { refusal, unknownModelProblem } from "./refusal";

/** What a model's name may end with to choose among its providers, or how it works. */
const variants = /:(nitro|floor|exacto|thinking|extended|online)$/;

/**
 * The model that serves a request for this name: a model's id, also with a variant (`:nitro`), a router, an alias, or
 * a preset (`@preset/slug`, also behind a model's id).
 */
export function findModel(
  name: string | undefined,
  { models, presets }: { models: readonly FakeModel[]; presets: Readonly<Record<string, string>> },
): { model: FakeModel } | { refused: Answer } {
  const [, asked = "", preset] = /^(.*?)(?:@preset\/(.+))?$/s.exec(name ?? "openrouter/auto") ?? [];
  if (preset !== undefined && !Object.hasOwn(presets, preset)) {
    return { refused: refusal(404, `Preset "${preset}" not found`) };
  }
  const id = asked || (preset && presets[preset]) || "openrouter/auto";
  const byId = (wanted: string) => models.find((model) => model.id === wanted);
  const found = byId(id) ?? byId(id.replace(variants, ""));
  if (!found) {
    return { refused: byId(id.replace(/:free$/, "")) ? chatProblems.freeEnded : unknownModelProblem(id) };
  }
  const model = isRouter(found) ? routed(models) : byId(found.alias_target?.slug ?? found.id);
  return model ? { model } : { refused: refusal(404, `No endpoints found for ${id}.`) };
}

/** Whether it only chooses among the other models. */
const isRouter = ({ pricing }: FakeModel) => Number(pricing.prompt) < 0;

/** The first model that can do everything. */
function routed(models: readonly FakeModel[]): FakeModel | undefined {
  return models.find(
    (model) =>
      !isRouter(model) &&
      !model.alias_target &&
      model.supported_parameters.includes("tools") &&
      model.architecture.input_modalities.includes("image") &&
      model.architecture.output_modalities.includes("text"),
  );
}
