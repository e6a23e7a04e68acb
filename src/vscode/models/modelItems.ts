import { env, l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon } from "vscode";
import { plainText } from "../../common/plainText";
import { hasTools } from "../../models/modelChoice";
import { modelAuthor, modelNames } from "../../models/modelNames";
import { findModel } from "../../models/modelVariants";
import type { ModelList, OpenRouterModel } from "../../openrouter/model";
import { modelWords } from "./modelText";

/** A row about a model; a separator has no id. */
export interface ModelItem extends QuickPickItem {
  readonly id?: string;
}

interface Options {
  /** Ids, also of models that the list only implies, or doesn't have. */
  readonly onTop: readonly string[];
  readonly onTopLabel?: string;
  /** The id of a model that the list only implies, which the user may add. */
  readonly typed: string | undefined;
  /** The label of its row, which says what choosing it does. */
  readonly typedLabel?: (id: string) => string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The rows to choose from: those on top, then the others by author, in OpenRouter's order.
 */
export function modelItems(
  list: ModelList,
  { onTop, onTopLabel = l10n.t("Selected"), typed, typedLabel = (id) => l10n.t("Add {0}", id), now }: Options,
): ModelItem[] {
  const listed = new Map(list.models.map((model) => [model.id, model]));
  const top = onTop.map((id) => findModel(id, listed) ?? id);
  const added = typed === undefined || onTop.includes(typed) ? undefined : findModel(typed, listed);
  const models = [...list.models, ...top.filter((model) => typeof model !== "string")];
  const names = modelNames([...new Map(models.map((model) => [model.id, model])).values()]);
  const row = (model: OpenRouterModel) => modelItem(model, names.get(model.id) ?? model.id, now);
  const others = new Map<string, OpenRouterModel[]>();
  for (const model of list.models.filter(({ id }) => !onTop.includes(id))) {
    const author = modelAuthor(model);
    others.set(author, [...(others.get(author) ?? []), model]);
  }
  return [
    ...(added
      ? [
          {
            ...modelItem(added, typedLabel(plainText(added.id)), now),
            description: "",
            alwaysShow: true,
          },
        ]
      : []),
    ...(top.length > 0 ? [separator(onTopLabel)] : []),
    ...top.map((model) => (typeof model === "string" ? missingItem(model) : row(model))),
    ...[...others]
      .sort(([one], [other]) => one.localeCompare(other, env.language))
      .flatMap(([author, group]) => [separator(author), ...group.map(row)]),
  ];
}

const separator = (label: string): ModelItem => ({ label, kind: QuickPickItemKind.Separator });

function modelItem(model: OpenRouterModel, label: string, now: number): ModelItem {
  const { detail, warning } = modelWords(model, now);
  const abilities = [
    ...(hasTools(model) ? [l10n.t("Tools")] : []),
    ...(model.inputModalities.includes("image") ? [l10n.t("Images")] : []),
  ];
  return {
    id: model.id,
    label,
    description: plainText(model.id),
    detail: [...(warning ? [warning] : []), detail, ...abilities].join(" · "),
    ...(warning && { iconPath: new ThemeIcon("warning") }),
  };
}

/** Of a choice that OpenRouter doesn't have, or not for this key: the user may have it back, or remove it. */
const missingItem = (id: string): ModelItem => ({
  id,
  label: plainText(id),
  detail: l10n.t("Not available with this key"),
  iconPath: new ThemeIcon("warning"),
});
