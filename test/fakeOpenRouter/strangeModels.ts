import type { JsonObject } from "./answer";
import { createModel, type FakeModel } from "./fakeModel";

/**
 * Entries of a list of models that no client can use, and that must not spoil the list:
 * `misbehave({ models: { answer: { fields: { data: [...fakeOpenRouter.models, ...unreadableModels()] } } } })`.
 */
export function unreadableModels() {
  const { id: _, ...withoutId } = createModel({ id: "acme/one" });
  const { architecture, ...withoutArchitecture } = createModel({ id: "acme/two" });
  return [
    null,
    "acme/three",
    {},
    withoutId,
    withoutArchitecture,
    { ...createModel({ id: "acme/four" }), id: 4 },
    { ...createModel({ id: "acme/five" }), pricing: "free" },
    { ...createModel({ id: "acme/six" }), architecture: { ...architecture, output_modalities: "text" } },
    { ...createModel({ id: "acme/seven" }), context_length: "a lot" },
  ];
}

/** A model of a later contract: with fields and values that nobody knows yet, everywhere. */
export function withUnknownFields(model: FakeModel): JsonObject {
  const { architecture, pricing, top_provider } = model;
  const later = { added: [1, { deep: true }] };
  return {
    ...model,
    later,
    supported_parameters: [...model.supported_parameters, "telepathy"],
    architecture: { ...architecture, input_modalities: [...architecture.input_modalities, "smell"], later },
    pricing: { ...pricing, later: 5 },
    top_provider: { ...top_provider, later },
    ...(model.reasoning && {
      reasoning: { ...model.reasoning, supported_efforts: ["extreme", "high"], later },
    }),
  };
}
