import {
  type Disposable,
  l10n,
  type QuickInputButton,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  window,
} from "vscode";
import { plainText } from "../../common/plainText";
import type { AccessQuestionsHost } from "../../models/accessQuestions";
import type { ListedAccess, ModelAccess } from "../../models/modelAccess";
import type { Session } from "../../sessions/session";
import { extensionDisplayName } from "../extensionName";
import { formatTime } from "../relativeTime";
import type { ModelServices } from "./modelServices";

interface Item extends QuickPickItem {
  /** Not of a separator. */
  readonly access?: ListedAccess;
}

/** The list of the extensions that asked for the models, in which the user changes what they may. */
export class ModelAccessMenu {
  constructor(
    private readonly access: Pick<ModelAccess, "list" | "set">,
    private readonly services: Pick<ModelServices, "sessions" | "report">,
    private readonly ask: AccessQuestionsHost["ask"],
  ) {}

  /** Resolves when the list is shown, or the message that there is none is closed. Rejects where the keys can't be read. */
  async show(): Promise<void> {
    const items = await this.#items();
    if (items.length === 0) {
      await window.showInformationMessage(
        l10n.t("No extension has asked to use your OpenRouter models yet."),
      );
      return;
    }
    const pick = window.createQuickPick<Item>();
    pick.title = l10n.t("Manage Model Access");
    pick.placeholder = l10n.t("Extensions that may use your models");
    pick.canSelectMany = true;
    pick.matchOnDescription = true;
    pick.items = items;
    pick.selectedItems = items.filter(isAllowed);
    const run = (work: Promise<void>) => void work.catch(this.services.report);
    const subscriptions: Disposable[] = [
      pick,
      pick.onDidTriggerItemButton(({ item }) => run(this.#askAgain(pick, item))),
      pick.onDidAccept(() => {
        run(this.#change(pick.items, new Set(pick.selectedItems)));
        pick.hide();
      }),
      pick.onDidHide(() => {
        for (const subscription of subscriptions) subscription.dispose();
      }),
    ];
    pick.show();
  }

  /**
   * Writes what the user changed, and nothing else: another window may have changed it since. Any extension can select
   * in a list by VS Code's commands, so who is to be allowed is asked about in a dialog.
   */
  async #change(items: readonly Item[], selected: ReadonlySet<Item>): Promise<void> {
    const changed = items.filter((item) => selected.has(item) !== isAllowed(item));
    const byId = new Map((await this.services.sessions()).map((session) => [session.id, session]));
    for (const { access } of changed) {
      const session = access && byId.get(access.session);
      if (!session) continue; // removed meanwhile
      const wasAllowed = access.allowed === true;
      const allowed = wasAllowed ? false : await this.ask(access.extension || undefined, session);
      if (allowed !== undefined) await this.access.set(access.extension, access.session, allowed);
    }
  }

  /** Forgets the decision at once. The list stays open with the user's other changes. */
  async #askAgain(
    pick: { items: readonly Item[]; selectedItems: readonly Item[]; hide(): void },
    item: Item,
  ): Promise<void> {
    if (!item.access) return;
    await this.access.set(item.access.extension, item.access.session, undefined);
    const selected = pick.selectedItems.filter((other) => other !== item);
    pick.items = pick.items.filter((other) => other !== item);
    pick.selectedItems = selected;
    if (!pick.items.some(({ access }) => access)) pick.hide();
  }

  /** By account, in the order of the keys. */
  async #items(): Promise<Item[]> {
    const listed = await this.access.list();
    return (await this.services.sessions()).flatMap((session) => {
      const ofSession = listed.filter((item) => item.session === session.id).map(itemOf);
      ofSession.sort((a, b) => a.label.localeCompare(b.label));
      return ofSession.length > 0 ? [separator(session), ...ofSession] : [];
    });
  }
}

const isAllowed = ({ access }: Item) => access?.allowed === true;

const separator = ({ label }: Session): Item => ({
  label: plainText(label),
  kind: QuickPickItemKind.Separator,
});

function itemOf(access: ListedAccess): Item {
  const id = plainText(access.extension);
  const name = extensionDisplayName(access.extension);
  const askAgain: QuickInputButton = { iconPath: new ThemeIcon("discard"), tooltip: l10n.t("Ask Again") };
  return {
    label: name ?? (id || l10n.t("Unknown extension, in this window")),
    ...(name !== undefined && { description: id }),
    detail: state(access),
    buttons: [askAgain],
    access,
  };
}

function state({ allowed, at = Number.NaN }: ListedAccess): string {
  if (allowed === undefined) return l10n.t("Not allowed: you closed the question");
  return allowed
    ? l10n.t("Allowed since {0}", formatTime(at))
    : l10n.t("Not allowed since {0}", formatTime(at));
}
