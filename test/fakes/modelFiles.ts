import type { ModelFiles } from "../../src/models/keptLists";

/** A folder that several windows share. */
export class FakeModelFiles implements ModelFiles {
  readonly texts = new Map<string, string>();
  /** The calls, such as "read a.json". */
  readonly calls: string[] = [];
  /** Why every call fails. */
  failure: Error | undefined;

  async read(name: string): Promise<string | undefined> {
    this.#call(`read ${name}`);
    return this.texts.get(name);
  }

  async write(name: string, text: string): Promise<void> {
    this.#call(`write ${name}`);
    this.texts.set(name, text);
  }

  async delete(name: string): Promise<void> {
    this.#call(`delete ${name}`);
    this.texts.delete(name);
  }

  async list(): Promise<string[]> {
    this.#call("list");
    return [...this.texts.keys()];
  }

  #call(call: string): void {
    this.calls.push(call);
    if (this.failure) throw this.failure;
  }
}
