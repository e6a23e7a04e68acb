/**
 * What VS Code takes and gives at run time beyond the types of 1.104 (see `vscode.proposed.chatProvider.d.ts` and
 * its siblings in microsoft/vscode). All of it may be missing.
 */
import * as vscode from "vscode";
import type { ChatUsage } from "../../openrouter/chat";

interface PartClasses {
  /** Stable since 1.140. */
  readonly LanguageModelDataPart?: new (
    data: Uint8Array,
    mimeType: string,
  ) => vscode.LanguageModelTextPart;
  readonly LanguageModelThinkingPart?: new (
    value: string,
    id?: string,
    metadata?: object,
  ) => vscode.LanguageModelTextPart;
}
const { LanguageModelDataPart, LanguageModelThinkingPart } = vscode as PartClasses;

/** More options of a request. */
export interface UnstableResponseOptions {
  /** The extension that asks, or "core". */
  readonly requestInitiator?: string;
  /** What the user chose for the model, by the names of its `configurationSchema`. */
  readonly modelConfiguration?: Readonly<Record<string, unknown>>;
}

/** A part that VS Code shows as thinking and sends back within the turn, with the last metadata; undefined without. */
export const thinkingPart = (text: string, metadata?: object) =>
  LanguageModelThinkingPart && new LanguageModelThinkingPart(text, undefined, metadata);

/** A part by which VS Code's chat shows how full the context is; undefined where there are no such parts. */
export const usagePart = ({ promptTokens, completionTokens, cachedTokens }: ChatUsage) => {
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
  const data = new TextEncoder().encode(JSON.stringify(usage));
  return LanguageModelDataPart && new LanguageModelDataPart(data, "usage");
};
