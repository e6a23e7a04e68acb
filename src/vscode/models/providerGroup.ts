import { commands, type Disposable, FileType, type Memento, Uri, workspace } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { errorText, type Log } from "../../common/log";
import { parseJson } from "../../common/parseJson";
import type { SessionStore } from "../../sessions/sessionStore";
import { orIfMissing } from "../files";

/** Our vendor's id among language models. */
export const vendor = "connect-openrouter";
const name = "Connect OpenRouter";
const file = "chatLanguageModels.json";
const agreed = "providerGroup";

/**
 * The entry of ours among the model providers that the user has set up, without which VS Code's chat wants a GitHub
 * account. It holds no secret. VS Code keeps it in a file of the profile, has a command to add it and none to remove
 * it, and drops it by itself, such as when the user chooses a model's default effort again.
 */
export class ProviderGroup {
  /** Whether the group was added, or removed, in this window. */
  #isAdded: boolean | undefined;
  #last: Promise<void> = Promise.resolve();

  /**
   * @param state this profile's
   * @param globalStorage the extension's folder, which is in that of the default profile
   */
  constructor(
    private readonly state: Pick<Memento, "get" | "update">,
    private readonly globalStorage: Uri,
    private readonly log: Pick<Log, "info" | "warn">,
  ) {}

  /** Whether the user has set up the chat, in this profile. */
  get isWanted(): boolean {
    return this.state.get(agreed) === true;
  }

  /** Adds the group, as the user wants it, for as long as there is a key. Throws where VS Code can't. */
  async add(): Promise<void> {
    await this.#add();
    await this.state.update(agreed, true);
  }

  /** Where the user has set up the chat, the group comes with the first key, or at activation, and goes with the last. */
  follow(store: Pick<SessionStore, "onDidRead" | "assertWritable">): Disposable {
    return store.onDidRead((sessions) => void this.keepInStep(sessions.length > 0, store));
  }

  /** Resolves when the group is there, or gone, or that failed, which is logged and tried again next time. */
  keepInStep(hasKeys: boolean, store: Pick<SessionStore, "assertWritable">): Promise<void> {
    if (!this.isWanted || this.#isAdded === hasKeys) return this.#last;
    this.#isAdded = hasKeys;
    this.#last = this.#last
      .then(() => (hasKeys ? this.#add() : this.#removeWithLastKey(store)))
      .catch((error) => {
        this.#isAdded = undefined;
        this.log.warn(`Can't change the provider group: ${errorText(error)}`);
      });
    return this.#last;
  }

  async #add(): Promise<void> {
    try {
      await commands.executeCommand(vscodeCommandIds.addProviderGroup, { vendor, name });
    } catch (error) {
      if (!/already exists/.test(String(error))) throw error;
    }
  }

  async #removeWithLastKey(store: Pick<SessionStore, "assertWritable">): Promise<void> {
    await store.assertWritable(); // where this window can't see a key, there may be one
    // Of all profiles, since they share the keys.
    const user = Uri.joinPath(this.globalStorage, "../..");
    const profiles = Uri.joinPath(user, "profiles");
    const folders = (await readFolder(profiles)).filter(([, type]) => type & FileType.Directory);
    for (const folder of [user, ...folders.map(([id]) => Uri.joinPath(profiles, id))])
      await this.#removeFrom(Uri.joinPath(folder, file));
  }

  async #removeFrom(uri: Uri): Promise<void> {
    const text = await readText(uri);
    if (text === undefined) return;
    const groups = parseJson(text);
    // Comments would be lost.
    if (!Array.isArray(groups))
      return this.log.warn("The provider groups aren't plain JSON, and stay as they are");
    const others = groups.filter((group) => group?.vendor !== vendor || group.name !== name);
    if (others.length === groups.length) return;
    await workspace.fs.writeFile(uri, new TextEncoder().encode(JSON.stringify(others, undefined, "\t")));
    this.log.info("Removed the provider group");
  }
}

/** A machine that has only a part of VS Code has none. */
const readText = (uri: Uri) =>
  orIfMissing(async () => new TextDecoder().decode(await workspace.fs.readFile(uri)), undefined);
const readFolder = (uri: Uri) => orIfMissing(() => workspace.fs.readDirectory(uri), []);
