import { l10n, window } from "vscode";
import { chooseModels } from "../../models/modelChoice";
import { isPlainModelId } from "../../models/modelId";
import type { ModelLists } from "../../models/modelLists";
import { findModel } from "../../models/modelVariants";
import type { ModelList } from "../../openrouter/model";
import { showNotConnected } from "../keys/notConnected";
import { readChosenModels } from "./chosenModels";
import { type ModelItem, modelItems } from "./modelItems";

/**
 * Lets the user choose one model, those of the model picker first; undefined if the list is closed. Throws why there is
 * no list.
 */
export async function pickModel(lists: Pick<ModelLists, "get">, title: string): Promise<string | undefined> {
  const pick = window.createQuickPick<ModelItem>();
  pick.title = title;
  pick.placeholder = l10n.t("Select a model, or enter a variant or a preset");
  pick.matchOnDescription = true;
  pick.busy = true;
  const hidden = new Promise<undefined>((resolve) => {
    pick.onDidHide(() => resolve(undefined));
  });
  pick.show();
  try {
    const list = await Promise.race([lists.get({ silent: false }), hidden.then(() => "closed" as const)]);
    if (list === "closed") return undefined;
    if (list) return await Promise.race([chosenIn(pick, list), hidden]);
    pick.hide();
    await showNotConnected();
    return undefined;
  } finally {
    pick.dispose();
  }
}

/** The id of the row that the user chooses. */
function chosenIn(
  pick: ReturnType<typeof window.createQuickPick<ModelItem>>,
  list: ModelList,
): Promise<string> {
  // It becomes a part of a command and of a tool's configuration.
  const models = list.models.filter(({ id }) => isPlainModelId(id));
  const onTop = [...chooseModels(list, readChosenModels()).shown].filter(isPlainModelId);
  const listed = new Map(models.map((model) => [model.id, model]));
  /** The id of a model that isn't listed, where the user has entered one. */
  const typedId = () => {
    const id = pick.value.trim();
    return isPlainModelId(id) && !listed.has(id) && findModel(id, listed) ? id : undefined;
  };
  let typed = typedId();
  const draw = () => {
    pick.items = modelItems(
      { ...list, models },
      {
        onTop,
        onTopLabel: l10n.t("In the model picker"),
        typed,
        typedLabel: (name) => l10n.t("Use {0}", name),
        now: Date.now(),
      },
    );
  };
  draw();
  pick.busy = false;
  pick.onDidChangeValue(() => {
    const id = typedId();
    if (id === typed) return; // drawing again would move the user's selection
    typed = id;
    draw();
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (item?.id) resolve(item.id);
    });
  });
}
