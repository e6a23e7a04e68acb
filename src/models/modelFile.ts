import { isObject } from "../common/isObject";
import { parseJson } from "../common/parseJson";
import { isModelId, type ModelList, type OpenRouterModel } from "../openrouter/model";
import type { Session } from "../sessions/session";

/** Raised with each change of what is in a file: other versions count as absent. */
const version = 1;

/** A list as it is kept. Nothing in it is secret. */
export interface KeptList extends ModelList {
  readonly baseUrl: string;
  /** When the session got the key that the list is for, since a session outlives its key. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number;
}

/** The name of the file for the session with this id. */
export const modelFileName = (id: string) => `${encodeURIComponent(id)}.json`;

export const modelFileText = (list: KeptList) => JSON.stringify({ version, ...list });

/** What a file holds; undefined where it is damaged, of another version, or of another OpenRouter than the session's. */
export function parseModelFile(text: string, { baseUrl }: Pick<Session, "baseUrl">): KeptList | undefined {
  const file = parseJson(text);
  return isFile(file) && file.version === version && file.baseUrl === baseUrl ? file : undefined;
}

// Written out, since this bundle would need a library of schemas for nothing else, and VS Code waits for it.

/** What may or may not be one. */
type Unchecked<T> = { readonly [Name in keyof T]?: unknown };

function isFile(value: unknown): value is KeptList & { version: number } {
  if (!isObject(value)) return false;
  const {
    version,
    baseUrl,
    createdAt,
    fetchedAt,
    models,
    popular,
  }: Unchecked<KeptList & { version: number }> = value;
  return (
    isNumber(version) &&
    isText(baseUrl) &&
    isNumber(createdAt) &&
    isNumber(fetchedAt) &&
    isList(models, isModel) &&
    isList(popular, isText)
  );
}

function isModel(value: unknown): boolean {
  if (!isObject(value)) return false;
  const model: Unchecked<OpenRouterModel> = value;
  const { prices, reasoning } = model;
  return (
    isText(model.id) &&
    isModelId(model.id) &&
    isText(model.name) &&
    isTokens(model.contextLength) &&
    (model.maxCompletionTokens === undefined || isTokens(model.maxCompletionTokens)) &&
    isList(model.inputModalities, isText) &&
    isList(model.supportedParameters, isText) &&
    (prices === undefined || arePrices(prices)) &&
    (reasoning === undefined || isReasoning(reasoning)) &&
    (model.expirationDate === undefined || isText(model.expirationDate))
  );
}

function arePrices(value: unknown): boolean {
  if (!isObject(value)) return false;
  const prices: Unchecked<NonNullable<OpenRouterModel["prices"]>> = value;
  const { cacheRead, cacheWrite } = prices;
  return (
    isNumber(prices.prompt) &&
    isNumber(prices.completion) &&
    (cacheRead === undefined || isNumber(cacheRead)) &&
    (cacheWrite === undefined || isNumber(cacheWrite))
  );
}

function isReasoning(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { efforts, defaultEffort, mandatory }: Unchecked<NonNullable<OpenRouterModel["reasoning"]>> = value;
  return (
    (efforts === undefined || isList(efforts, isText)) &&
    (defaultEffort === undefined || isText(defaultEffort)) &&
    typeof mandatory === "boolean"
  );
}

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number";
const isTokens = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 2;
const isList = (value: unknown, check: (item: unknown) => boolean) =>
  Array.isArray(value) && value.every(check);
