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

type Check = (value: unknown) => boolean;

/** Whether a value has all these fields. No schema, since this bundle would need the library for nothing else. */
function hasFields<T>(checks: { readonly [Name in keyof Required<T>]: Check }) {
  const entries = Object.entries<Check>(checks);
  return (value: unknown): value is T =>
    isObject(value) && entries.every(([name, check]) => check(value[name]));
}

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number";
const isTokens: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 2;
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const isModel = hasFields<OpenRouterModel>({
  id: (id) => typeof id === "string" && isModelId(id),
  name: isText,
  contextLength: isTokens,
  maxCompletionTokens: optional(isTokens),
  inputModalities: listOf(isText),
  supportedParameters: listOf(isText),
  prices: optional(
    hasFields<NonNullable<OpenRouterModel["prices"]>>({
      prompt: isNumber,
      completion: isNumber,
      cacheRead: optional(isNumber),
      cacheWrite: optional(isNumber),
    }),
  ),
  reasoning: optional(
    hasFields<NonNullable<OpenRouterModel["reasoning"]>>({
      efforts: optional(listOf(isText)),
      defaultEffort: optional(isText),
      mandatory: (value) => typeof value === "boolean",
    }),
  ),
  expirationDate: optional(isText),
});

const isFile = hasFields<KeptList & { version: number }>({
  version: isNumber,
  baseUrl: isText,
  createdAt: isNumber,
  fetchedAt: isNumber,
  models: listOf(isModel),
  popular: listOf(isText),
});
