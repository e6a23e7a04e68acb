/** A model's id in its parts. */
export interface ModelIdParts {
  /** The part before the slash; "" where there is none. */
  readonly author: string;
  /** The model's own name, such as `claude-sonnet-4.5`; a preset's, where it stands alone. */
  readonly name: string;
  /** Such as `free`. */
  readonly variant?: string;
  /** Such as `coding`. */
  readonly preset?: string;
  /** The id without the preset or else the variant; undefined where it has neither, or nothing is left. */
  readonly base?: string;
}

/**
 * The parts of an id: `~author/name:variant@preset/slug`, where the tilde is that of an alias for the latest model. A
 * preset may also stand alone: `@preset/slug`.
 */
export function modelIdParts(id: string): ModelIdParts {
  const [, withoutPreset = "", preset] = /^(.*?)(?:@preset\/([\w-]+))?$/.exec(id) ?? [];
  const [, withoutVariant = "", variant] = /^(.*?)(?::([\w-]+))?$/.exec(withoutPreset) ?? [];
  const [, author = "", name = ""] = /^(?:~?([^/]*)\/)?(.*)$/.exec(withoutVariant) ?? [];
  const base = preset ? withoutPreset : variant ? withoutVariant : "";
  return {
    author,
    name: name || preset || id,
    ...(variant && { variant }),
    ...(preset && { preset }),
    ...(base && { base }),
  };
}

/**
 * Whether an id has only the characters that OpenRouter's have, as in the setting `connectOpenRouter.models`, and is no
 * option of a command.
 */
export const isPlainModelId = (id: string) => /^(?!-)[\w.:/@~+-]+$/.test(id);
