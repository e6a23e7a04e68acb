import assert from "node:assert/strict";
import { subscribe } from "node:diagnostics_channel";
import { getEventListeners } from "node:events";
import type { Socket } from "node:net";
import { parseCallback } from "../../../src/openrouter/callback";
import type { Session } from "../../../src/sessions/session";
import type { Connection } from "../../../src/signIn/connection";
import { SignInCanceled } from "../../../src/signIn/errors";
import type { FlowId } from "../../../src/signIn/flows";
import type { SignInHost } from "../../../src/signIn/signInHost";
import type { FakeOpenRouter } from "../../fakeOpenRouter/fakeOpenRouter";
import type { FakeClock } from "../../fakes/clock";
import { openWindow } from "../../fakes/editor";
import { FakeSecretStorage } from "../../fakes/secrets";

/** A flow, and how it goes when nothing fails. */
export interface Flow {
  readonly name: string;
  readonly id: FlowId;
  /** The callback arrives in another window than the waiting one. */
  readonly elsewhere?: true;
  /** The account already has a key, and this is the user's choice when asked about it. */
  readonly answer?: "replace" | "keepBoth";
  readonly canList?: "missing";
}

/** One interaction of the sign-in with its environment, which may fail there. */
export interface Step {
  readonly window: WindowName;
  readonly name: string;
}
export type WindowName = "here" | "there";

export interface WorldOptions {
  readonly fakeOpenRouter: FakeOpenRouter;
  readonly clock: FakeClock;
  readonly flow: Flow;
  /** The extension's base URL. The browser reaches the fake OpenRouter regardless. */
  readonly baseUrl?: string;
  readonly host?: Partial<SignInHost>;
  /** Called before each step. Tests make it throw to fail, or wait to delay. */
  onStep?(world: World, step: Step, index: number): void | Promise<void>;
}

/** The owner of the existing key, unless that is the account that signs in. */
const otherUser = "user_other";

/** Two windows that share a secret storage, with a user and a browser that follow the flow. */
export class World {
  readonly steps: Step[] = [];
  readonly storage: FakeSecretStorage;
  /** The session that is stored before the sign-in. */
  readonly before: Session;
  /** Every error shown to the user, by window. */
  readonly shown: Record<WindowName, unknown[]> = { here: [], there: [] };
  /** Keys offered to the user for copying, since they couldn't be stored. */
  readonly offeredKeys: string[] = [];
  /** Whether the user retries storing a key that couldn't be stored. */
  retriesStoring = false;
  controllers = { here: new AbortController(), there: new AbortController() };
  readonly windows: Record<WindowName, ReturnType<typeof openWindow>>;
  readonly #closed = new Set<WindowName>();
  readonly #cleanUp = new AbortController();
  #browsing: Promise<void> = Promise.resolve();
  #listeners = 0;
  /** Whether a sign-in is running, so that steps are recorded. */
  #recording = false;

  constructor(private options: WorldOptions) {
    const { fakeOpenRouter, flow } = options;
    this.before = {
      version: 2,
      id: "before",
      key: "sk-or-v1-before",
      label: "OpenRouter",
      userId: flow.answer ? (fakeOpenRouter.userId ?? "") : otherUser,
      baseUrl: options.baseUrl ?? fakeOpenRouter.url,
      createdAt: 1,
    };
    this.storage = new FakeSecretStorage(flow.canList);
    this.storage.stored.set("session.before", JSON.stringify(this.before));
    if (flow.canList) this.storage.stored.set("session", "before");
    this.storage.interfere = (action, key, window) =>
      this.#step(window === 0 ? "here" : "there", `${action} ${key.replace(/^(\w+\.).*/, "$1")}`);
    this.windows = { here: this.#open("here"), there: this.#open("there") };
  }

  /** Whether the sign-in has ended in the window that started it. */
  ended = false;

  /** Signs in, and returns the result. Stays pending if the window that started it was closed. */
  async signIn(): Promise<PromiseSettledResult<Connection>> {
    this.#recording = true;
    const run = this.windows.here.signIn.run(this.options.flow.id, this.controllers.here.signal);
    const [result] = await Promise.allSettled([run]);
    this.ended = true;
    if (result.status === "rejected") this.#show("here", result.reason);
    await this.#browsing;
    this.#recording = false;
    return result;
  }

  /** Waits until the browser's part is done, whether or not its window was closed. */
  async browsed(): Promise<void> {
    await this.#browsing;
  }

  /** Signs in again, with the same storage and windows but without faults. */
  async signInAgain(): Promise<PromiseSettledResult<Connection>> {
    this.shown.here = [];
    this.shown.there = [];
    this.controllers = { here: new AbortController(), there: new AbortController() };
    const { baseUrl: _, ...options } = this.options;
    this.options = { ...options, host: {}, onStep: () => {} };
    return this.signIn();
  }

  /** Closes a window: none of its further steps are done, and it gets no events. */
  close(name: WindowName): void {
    this.#closed.add(name);
    this.windows[name].close();
  }

  /** Ends what closed windows still wait for. In reality it ends with the window. */
  cleanUp(): void {
    this.#cleanUp.abort();
    this.controllers.here.abort(new SignInCanceled());
    this.controllers.there.abort(new SignInCanceled());
  }

  /** Opens new windows in place of the closed ones. */
  reopen(): void {
    for (const name of this.#closed) this.windows[name] = this.#open(name);
    this.#closed.clear();
  }

  /** The sessions that a new window finds. */
  async sessions(): Promise<Session[]> {
    const { interfere } = this.storage;
    this.storage.interfere = () => {};
    const newWindow = openWindow(this.storage, "", { now: this.#now });
    const sessions = await newWindow.store.list();
    newWindow.close();
    this.storage.interfere = interfere;
    return sessions;
  }

  /** Asserts that no sign-in can be completed, and that no timer, listener, server or socket is left. */
  async assertNothingLeft(): Promise<void> {
    for (const [name, value] of this.storage.stored) {
      if (!name.startsWith("signIn.")) continue;
      const { codeVerifier, startedAt } = JSON.parse(value);
      assert.ok(!codeVerifier || this.#now() - startedAt > 600_000, `${name} can be completed`);
    }
    await until(
      () => this.options.clock.pending() === 0,
      () => "timers are left",
    );
    assert.equal(this.#listeners, 0, "listeners are left");
    for (const { signal } of Object.values(this.controllers)) {
      assert.equal(getEventListeners(signal, "abort").length, 0, "abort listeners are left");
    }
    const leftovers = () => {
      const resources = process.getActiveResourcesInfo();
      return {
        servers: resources.filter((name) => name === "TCPServerWrap").length - fakeOpenRouters,
        sockets: resources.filter((name) => name === "TCPSocketWrap").length - acceptedSockets.size,
      };
    };
    const nothing = () => leftovers().servers === 0 && leftovers().sockets <= 0;
    await until(nothing, () => `left: ${JSON.stringify(leftovers())}`);
  }

  closeAll(): void {
    for (const window of Object.values(this.windows)) window.close();
    assert.equal(this.storage.listeners, 0, "closed windows still listen");
  }

  readonly #now = () => 1_800_000_000_000 + this.options.clock.now;

  #open(name: WindowName): ReturnType<typeof openWindow> {
    const { fakeOpenRouter, flow } = this.options;
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
      openExternal: async (url) => {
        await step("openExternal");
        const opened = (await host("openExternal")?.(url)) ?? true;
        if (opened) this.#browse(url);
        return opened;
      },
      showProgress: () => ({ signal: this.controllers[name].signal, settle() {} }),
      offerUrl: (url) => this.#browse(url),
      fetch: async (input, init) => {
        await step("fetch");
        return (host("fetch") ?? fetch)(input, init);
      },
      askForCode: async ({ url, opened }, _, submit) => {
        await step("askForCode");
        if (!opened) this.#browse(url);
        await this.#browsing;
        try {
          return await submit(` ${fakeOpenRouter.lastCode}\n`);
        } catch (error) {
          // The box shows it, and the user closes the box.
          this.#show(name, error);
          throw new SignInCanceled();
        }
      },
      askReplace: async () => {
        await step("askReplace");
        return flow.answer ?? "keepBoth"; // asked if an earlier attempt stored a key
      },
      offerKeyForCopying: async (key) => {
        this.offeredKeys.push(key);
        return this.retriesStoring;
      },
    });
    this.#countListeners(window.store);
    this.#countListeners(window.pending);
    return window;
  }

  /** Counts the listeners that are added from now on. */
  #countListeners<T>(source: {
    readonly onDidChange: (listener: (event: T) => void) => { dispose(): void };
  }): void {
    const { onDidChange } = source;
    const counted: typeof onDidChange = (listener) => {
      const subscription = onDidChange(listener);
      this.#listeners++;
      return {
        dispose: () => {
          subscription.dispose();
          this.#listeners--;
        },
      };
    };
    Object.assign(source, { onDidChange: counted });
  }

  /** The user authorizes on OpenRouter's page, unless they canceled before, and the browser follows the redirect. */
  #browse(url: string): void {
    this.#browsing = this.#authorize(url);
  }

  async #authorize(url: string): Promise<void> {
    const { fakeOpenRouter, clock, flow, baseUrl = fakeOpenRouter.url } = this.options;
    if (this.controllers.here.signal.aborted) return;
    const location = await fakeOpenRouter.authorize(url.replace(baseUrl, fakeOpenRouter.url));
    if (location === undefined) return; // the code is on the page
    if (flow.id === "loopback") {
      await fetch(location).then(
        (response) => response.text(),
        () => {},
      );
      return;
    }
    const { pathname: path, search } = new URL(location);
    const callback = parseCallback({ path, query: search.slice(1) });
    assert.ok(callback.kind !== "foreign");
    const name = flow.elsewhere ? "there" : "here";
    try {
      await this.windows[name].signIn.complete(callback);
    } catch (error) {
      this.#show(name, error);
    }
    if (!flow.elsewhere) return;
    // The window that started it may not have noticed the key, and waits until its time limit.
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(600_000);
  }

  #show(window: WindowName, error: unknown): void {
    if (error instanceof SignInCanceled || this.#closed.has(window)) return;
    this.shown[window].push(error);
  }

  async #step(window: WindowName, name: string): Promise<void> {
    if (!this.#recording) return;
    const step = { window, name };
    this.steps.push(step);
    if (!this.#closed.has(window)) await this.options.onStep?.(this, step, this.steps.length - 1);
    if (!this.#closed.has(window)) return;
    // A step of a closed window never happens. It ends at the clean-up.
    const { signal } = this.#cleanUp;
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
    throw new Error("The window is closed");
  }
}

/** The number of fake OpenRouters running in this process. */
let fakeOpenRouters = 0;
export const countFakeOpenRouter = () => void fakeOpenRouters++;

/** The server side of connections, which closes with the client side. */
const acceptedSockets = new Set<Socket>();
subscribe("net.server.socket", (message) => {
  const { socket } = message as { socket: Socket };
  acceptedSockets.add(socket);
  socket.once("close", () => acceptedSockets.delete(socket));
});

/** Waits for a condition, and fails after a second. */
export async function until(condition: () => boolean, message: () => string): Promise<void> {
  const deadline = performance.now() + 1000;
  while (!condition()) {
    if (performance.now() >= deadline) assert.fail(message());
    await new Promise((resolve) => setImmediate(resolve));
  }
}
