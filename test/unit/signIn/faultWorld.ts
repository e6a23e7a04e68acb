import assert from "node:assert/strict";
import { subscribe } from "node:diagnostics_channel";
import { getEventListeners } from "node:events";
import type { Socket } from "node:net";
import { parseCallback } from "../../../src/openrouter/callback";
import type { Session } from "../../../src/sessions/session";
import type { Connection } from "../../../src/signIn/connection";
import { SignInCancelled } from "../../../src/signIn/errors";
import type { FlowId } from "../../../src/signIn/flows";
import type { SignInHost } from "../../../src/signIn/signInHost";
import type { FakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import type { FakeClock } from "../../fakes/clock";
import { openWindow } from "../../fakes/editor";
import { FakeSecretStorage } from "../../fakes/secrets";

/** How a sign-in goes where nothing fails. */
export interface Way {
  readonly name: string;
  readonly flow: FlowId;
  /** The callback reaches another window than the one that waits. */
  readonly elsewhere?: true;
  /** The account has a key, and this is what the person answers to the question about it. */
  readonly answer?: "replace" | "keepBoth";
  readonly canList?: "missing";
}

/** One thing that the sign-in does to the world outside, and so where the world may fail. */
export interface Step {
  readonly window: WindowName;
  readonly name: string;
}
export type WindowName = "here" | "there";

export interface WorldOptions {
  readonly fakeOpenRouter: FakeOpenRouter;
  readonly clock: FakeClock;
  readonly way: Way;
  /** Where the extension believes OpenRouter to be; the browser finds the fake OpenRouter all the same. */
  readonly baseUrl?: string;
  readonly host?: Partial<SignInHost>;
  /** Called at each step before it is done: throws to fail, waits to delay. */
  onStep?(world: World, step: Step, index: number): void | Promise<void>;
}

/** The account that has a key already, unless it is the one that signs in. */
const someoneElse = "user_someone_else";

/** Two windows over one secret storage, with a person and a browser that do what the way says. */
export class World {
  readonly steps: Step[] = [];
  readonly storage: FakeSecretStorage;
  readonly before: Session;
  /** Every error that the person reads, by window. */
  readonly told: Record<WindowName, unknown[]> = { here: [], there: [] };
  /** Keys that the person was handed since they could not be stored. */
  readonly rescued: string[] = [];
  /** Whether the person has a key that couldn't be stored stored once more. */
  triesAgain = false;
  controllers = { here: new AbortController(), there: new AbortController() };
  readonly windows: Record<WindowName, ReturnType<typeof openWindow>>;
  readonly #dead = new Set<WindowName>();
  readonly #buried = new AbortController();
  #browsing: Promise<void> = Promise.resolve();
  #listening = 0;
  #quiet = true;

  constructor(private options: WorldOptions) {
    const { fakeOpenRouter, way } = options;
    this.before = {
      version: 1,
      id: "before",
      key: "sk-or-v1-before",
      account: { id: way.answer ? (fakeOpenRouter.userId ?? "") : someoneElse, label: "sk-or-v1-..." },
      baseUrl: options.baseUrl ?? fakeOpenRouter.url,
      createdAt: 1,
    };
    this.storage = new FakeSecretStorage(way.canList);
    this.storage.stored.set("session.before", JSON.stringify(this.before));
    if (way.canList) this.storage.stored.set("session", "before");
    this.storage.interfere = (action, key, window) =>
      this.#step(window === 0 ? "here" : "there", `${action} ${key.replace(/^(\w+\.).*/, "$1")}`);
    this.windows = { here: this.#open("here"), there: this.#open("there") };
  }

  /** Whether the window that began has come to its end. */
  ended = false;

  /** Signs in, and tells how it ended. Stays pending where the window that began was closed. */
  async signIn(): Promise<PromiseSettledResult<Connection>> {
    this.#quiet = false;
    const run = this.windows.here.signIn.run(this.options.way.flow, this.controllers.here.signal);
    const [result] = await Promise.allSettled([run]);
    this.ended = true;
    if (result.status === "rejected") this.#tell("here", result.reason);
    await this.#browsing;
    this.#quiet = true;
    return result;
  }

  /** The browser's end, in a window that was closed or not. */
  async browsed(): Promise<void> {
    await this.#browsing;
  }

  /** The same storage and windows, with nothing that fails any more. */
  async signInAgain(): Promise<PromiseSettledResult<Connection>> {
    this.told.here = [];
    this.told.there = [];
    this.controllers = { here: new AbortController(), there: new AbortController() };
    const { baseUrl: _, ...options } = this.options;
    this.options = { ...options, host: {}, onStep: () => {} };
    return this.signIn();
  }

  /** The window is gone: nothing that it still wants to do is done, and it hears of nothing. */
  close(name: WindowName): void {
    this.#dead.add(name);
    this.windows[name].close();
  }

  /** Ends what closed windows wait for, which real ones take with them. */
  bury(): void {
    this.#buried.abort();
    this.controllers.here.abort(new SignInCancelled());
    this.controllers.there.abort(new SignInCancelled());
  }

  /** New windows in place of those that were closed. */
  reopen(): void {
    for (const name of this.#dead) this.windows[name] = this.#open(name);
    this.#dead.clear();
  }

  /** What a window that looks afresh finds. */
  async sessions(): Promise<Session[]> {
    const { interfere } = this.storage;
    this.storage.interfere = () => {};
    const fresh = openWindow(this.storage, "", { now: this.#now });
    const sessions = await fresh.store.list();
    fresh.close();
    this.storage.interfere = interfere;
    return sessions;
  }

  /** Asserts that no sign-in can be finished, and that no timer, listener, server or socket is left. */
  async assertNothingLeft(): Promise<void> {
    for (const [name, value] of this.storage.stored) {
      if (!name.startsWith("signIn.")) continue;
      const { codeVerifier, startedAt } = JSON.parse(value);
      assert.ok(!codeVerifier || this.#now() - startedAt > 600_000, `${name} can be finished`);
    }
    await until(
      () => this.options.clock.pending() === 0,
      () => "timers are left",
    );
    assert.equal(this.#listening, 0, "listeners are left");
    for (const { signal } of Object.values(this.controllers)) {
      assert.equal(getEventListeners(signal, "abort").length, 0, "listeners for an abort are left");
    }
    const leftovers = () => {
      const resources = process.getActiveResourcesInfo();
      return {
        servers: resources.filter((name) => name === "TCPServerWrap").length - fakes,
        sockets: resources.filter((name) => name === "TCPSocketWrap").length - acceptedSockets.size,
      };
    };
    const nothing = () => leftovers().servers === 0 && leftovers().sockets <= 0;
    await until(nothing, () => `left are ${JSON.stringify(leftovers())}`);
  }

  closeAll(): void {
    for (const window of Object.values(this.windows)) window.close();
    assert.equal(this.storage.listeners, 0, "closed windows listen");
  }

  readonly #now = () => 1_800_000_000_000 + this.options.clock.now;

  #open(name: WindowName): ReturnType<typeof openWindow> {
    const { fakeOpenRouter, way } = this.options;
    const step = (text: string) => this.#step(name, text);
    const host = <Name extends keyof SignInHost>(method: Name): SignInHost[Name] | undefined =>
      this.options.host?.[method];
    const window = openWindow(this.storage, "", {
      settings: () => ({ baseUrl: this.options.baseUrl ?? fakeOpenRouter.url, requestedTerms: {} }),
      now: this.#now,
      callbackUrl: async (query) => {
        await step("callbackUrl");
        const url = `code-oss://connect-openrouter.connect-openrouter/callback?${query}`;
        return host("callbackUrl")?.(query) ?? url;
      },
      openExternal: async (address) => {
        await step("openExternal");
        const opened = (await host("openExternal")?.(address)) ?? true;
        if (opened) this.#browse(address);
        return opened;
      },
      withProgress: (work) => work(this.controllers[name].signal),
      offerAddress: (address) => this.#browse(address),
      fetch: async (input, init) => {
        await step("fetch");
        return (host("fetch") ?? fetch)(input, init);
      },
      askForCode: async ({ address, opened }, _, submit) => {
        await step("askForCode");
        if (!opened) this.#browse(address);
        await this.#browsing;
        try {
          return await submit(` ${fakeOpenRouter.lastCode}\n`);
        } catch (error) {
          // It is said in the box, and the person closes that.
          this.#tell(name, error);
          throw new SignInCancelled();
        }
      },
      askReplace: async () => {
        await step("askReplace");
        return way.answer ?? "keepBoth"; // where there is a key from an earlier try
      },
      offerKeyForCopying: async (key) => {
        this.rescued.push(key);
        return this.triesAgain;
      },
    });
    this.#count(window.store);
    this.#count(window.pending);
    return window;
  }

  /** Counts those who listen to this source from now on. */
  #count<T>(source: { readonly onDidChange: (listener: (event: T) => void) => { dispose(): void } }): void {
    const { onDidChange } = source;
    const counted: typeof onDidChange = (listener) => {
      const subscription = onDidChange(listener);
      this.#listening++;
      return {
        dispose: () => {
          subscription.dispose();
          this.#listening--;
        },
      };
    };
    Object.assign(source, { onDidChange: counted });
  }

  /** The person approves on OpenRouter's page, unless they gave up by now, and the browser goes back. */
  #browse(address: string): void {
    this.#browsing = this.#approve(address);
  }

  async #approve(address: string): Promise<void> {
    const { fakeOpenRouter, clock, way, baseUrl = fakeOpenRouter.url } = this.options;
    if (this.controllers.here.signal.aborted) return;
    const location = await fakeOpenRouter.approve(address.replace(baseUrl, fakeOpenRouter.url));
    if (location === undefined) return; // the code is on the page
    if (way.flow === "loopback") {
      await fetch(location).then(
        (response) => response.text(),
        () => {},
      );
      return;
    }
    const { pathname: path, search } = new URL(location);
    const callback = parseCallback({ path, query: search.slice(1) });
    assert.ok(callback.kind !== "foreign");
    const name = way.elsewhere ? "there" : "here";
    try {
      await this.windows[name].signIn.complete(callback);
    } catch (error) {
      this.#tell(name, error);
    }
    if (!way.elsewhere) return;
    // The window that began may not have heard of the key, and waits as long as it ever does.
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(600_000);
  }

  #tell(window: WindowName, error: unknown): void {
    if (error instanceof SignInCancelled || this.#dead.has(window)) return;
    this.told[window].push(error);
  }

  async #step(window: WindowName, name: string): Promise<void> {
    if (this.#quiet) return;
    const step = { window, name };
    this.steps.push(step);
    if (!this.#dead.has(window)) await this.options.onStep?.(this, step, this.steps.length - 1);
    if (!this.#dead.has(window)) return;
    // A closed window's wish goes nowhere. Once it is buried, that ends it.
    const { signal } = this.#buried;
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
    throw new Error("The window is closed");
  }
}

/** How many fake OpenRouters run in this process. */
let fakes = 0;
export const countFake = () => void fakes++;

/** The servers' ends of connections, which close when the clients' do. */
const acceptedSockets = new Set<Socket>();
subscribe("net.server.socket", (message) => {
  const { socket } = message as { socket: Socket };
  acceptedSockets.add(socket);
  socket.once("close", () => acceptedSockets.delete(socket));
});

/** Waits for what comes about by itself within a second, or fails. */
export async function until(condition: () => boolean, otherwise: () => string): Promise<void> {
  const deadline = performance.now() + 1000;
  while (!condition()) {
    if (performance.now() >= deadline) assert.fail(otherwise());
    await new Promise((resolve) => setImmediate(resolve));
  }
}
