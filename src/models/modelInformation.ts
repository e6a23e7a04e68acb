import type { LanguageModelChatInformation } from "vscode";
import { escapeMarkdown } from "../common/plainText";
import type { OpenRouterModel } from "../openrouter/model";
import { hasTools } from "./modelChoice";
import { modelEfforts } from "./modelEfforts";
import { modelIdParts } from "./modelId";
import { modelWindow } from "./modelWindow";

/** The texts about one model, in the user's language. All but `tooltip` are plain. */
export interface ModelWords {
  /** Beside the name: price and context. */
  readonly detail: string;
  /** Markdown: all that is known. */
  readonly tooltip: string;
  readonly price: string;
  /** What the user should know before choosing the model. */
  readonly warning?: string;
}

/** The texts about the choice of an effort. */
export interface EffortWords {
  readonly title: string;
  /** @param effort one of OpenRouter's, or "default" for what the model does by itself */
  label(effort: string): string;
}

/** What VS Code takes beyond the types of 1.104 (see `vscode.proposed.chatProvider.d.ts`). Older ones ignore it. */
export interface ModelInformation extends LanguageModelChatInformation {
  /** Whether the model picker shows it. */
  readonly isUserSelectable: boolean;
  /** A `ThemeIcon`. */
  readonly statusIcon?: { readonly id: string };
  /**
   * Shown as it is. There are also numbers, `inputCost` and so on, which VS Code 1.139 shows as credits, beside models
   * whose credits are Copilot's: a cent each, where OpenRouter's would be a dollar.
   */
  readonly pricing: string;
  readonly maxContextWindowTokens: number;
  /** Markdown, by any name. */
  readonly warningText?: Readonly<Record<string, string>>;
  readonly configurationSchema?: object;
}

/** A model as VS Code wants it. */
export function modelInformation(
  model: OpenRouterModel,
  options: {
    readonly name: string;
    readonly isShown: boolean;
    readonly words: ModelWords;
    readonly effortWords: EffortWords;
  },
): ModelInformation {
  const { name, isShown, words, effortWords } = options;
  const { input, output, total } = modelWindow(model);
  const configurationSchema = effortSchema(model, effortWords);
  return {
    id: model.id,
    name,
    // VS Code's chat chooses its editing tools by how it begins: `gpt-…`, `claude-…`.
    family: modelIdParts(model.id).name.toLowerCase(),
    // OpenRouter has none beside the id. Manage Models shows the id alone where they are equal.
    version: model.id,
    detail: words.detail,
    tooltip: words.tooltip,
    pricing: words.price,
    maxInputTokens: input,
    maxOutputTokens: output,
    maxContextWindowTokens: total,
    // Without it, VS Code's extension host throws.
    capabilities: { toolCalling: hasTools(model), imageInput: model.inputModalities.includes("image") },
    isUserSelectable: isShown,
    ...(words.warning && {
      warningText: { model: escapeMarkdown(words.warning) },
      statusIcon: { id: "warning" },
    }),
    ...(configurationSchema && { configurationSchema }),
  };
}

/**
 * The picker's choice of an effort, which requests get as `modelConfiguration.reasoningEffort`. Only what the user
 * chose may be sent, so the default is one that changes nothing.
 */
function effortSchema(model: OpenRouterModel, { title, label }: EffortWords): object | undefined {
  const { reasoning } = model;
  if (!reasoning) return undefined;
  const known = modelEfforts(model);
  const isUsable = (effort: string) => effort !== "none" || !reasoning.mandatory;
  const defaultEffort = [reasoning.defaultEffort].find((effort) => effort && isUsable(effort)) ?? "default";
  // VS Code wants the least first, and marks the last.
  const efforts = (known.includes(defaultEffort) ? known : [...known, defaultEffort]).toReversed();
  if (efforts.length < 2) return undefined;
  const reasoningEffort = {
    type: "string",
    title,
    enum: efforts,
    enumItemLabels: efforts.map(label),
    default: defaultEffort,
    group: "navigation",
  };
  return { properties: { reasoningEffort } };
}
