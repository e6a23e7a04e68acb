import { draftName, type LedgerFiles } from "../../src/spending/ledgerFiles";

/** A folder that several windows share. */
export class FakeLedgerFiles {
  readonly texts = new Map<string, string>();
  /** Why every step fails. */
  failure: Error | undefined;

  /**
   * The files for one window.
   * @param step what happens before each of its steps: it may wait for those of others, or never go on
   */
  open(step: (what: string) => Promise<unknown> = async () => {}): LedgerFiles {
    const { texts } = this;
    const before = async (what: string) => {
      await step(what);
      if (this.failure) throw this.failure;
    };
    return {
      async list() {
        await before("list");
        return [...texts.keys()].reverse(); // the newest first: no order is promised
      },
      async read(name) {
        await before(`read ${name}`);
        return texts.get(name);
      },
      async create(name, text) {
        const draft = draftName(Date.now());
        await before(`begin ${name}`);
        texts.set(draft, text.slice(0, text.length / 2));
        await before(`finish ${name}`);
        texts.set(draft, text);
        await before(`rename ${name}`);
        texts.set(name, text);
        texts.delete(draft);
      },
      async delete(name) {
        await before(`delete ${name}`);
        return texts.delete(name);
      },
      async claim(name) {
        await before(`claim ${name}`);
        if (texts.has(name)) return false;
        texts.set(name, "");
        return true;
      },
    };
  }
}
