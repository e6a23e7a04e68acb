import { plainText } from "../common/plainText";
import type { OpenRouterModel } from "../openrouter/model";
import { modelIdParts } from "./modelId";

type Named = Pick<OpenRouterModel, "id" | "name">;

/** "Anthropic: Claude Sonnet 4.5". */
const withAuthor = /^([^:]{1,40}): (.+)$/s;

/** Who made a model, as plain text: "Anthropic". */
export function modelAuthor({ id, name }: Named): string {
  const [, author] = withAuthor.exec(name) ?? [];
  return displayName(author ?? (modelIdParts(id).author || id));
}

/**
 * The models' names by their ids: without the author, since the model picker is narrow, and all different, since
 * prompt files name a model by it.
 */
export function modelNames(models: readonly Named[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const short = ({ name }: Named) => displayName(name.replace(withAuthor, "$2"));
  const forms = [short, ({ name }: Named) => displayName(name), ({ id }: Named) => id];
  let left = models;
  for (const form of forms) {
    const named = left.map((model) => ({ model, name: form(model) }));
    const counts = new Map<string, number>();
    for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
    const taken = new Set(names.values());
    for (const { model, name } of named)
      if (counts.get(name) === 1 && !taken.has(name)) names.set(model.id, name);
    left = left.filter(({ id }) => !names.has(id));
  }
  return names;
}

/**
 * A name as one line of plain text. Manage Models puts it into Markdown that it trusts, where also `<command:…>` is a
 * link: the word joiner that breaks other links breaks this one as well.
 */
const displayName = (name: string) => plainText(name).replaceAll("<", "<\u2060") || "?";
