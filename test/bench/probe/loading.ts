// Measures what the extension host loads, by wrapping Node's Module._load.
import Module from "node:module";
import { join } from "node:path";
import type { AuthenticationProvider, ExtensionContext, LanguageModelChatProvider, UriHandler } from "vscode";
import type { LoadSample } from "../tasks";
import { usedHeap } from "./heap";

type Load = (this: unknown, request: string, parent?: { filename?: string }, isMain?: boolean) => unknown;
const loader = Module as unknown as { _load: Load };

/** By the watched file. */
export const samples = new Map<string, LoadSample>();
/** What our extension got from VS Code, and registered with it. */
export const ours: {
  context?: ExtensionContext;
  uriHandler?: UriHandler;
  provider?: AuthenticationProvider;
  models?: LanguageModelChatProvider;
} = {};

/** What our extension loads when it's needed. */
const lazyFiles = ["./services.js", "./models.js", "./spendingPage.js"];

/** The extensions that are watched, by their folders. */
const watched = new Map<string, { main: string; isOurs: boolean }>();

/** @param main the file that VS Code loads */
export function watch(folder: string, main: string, isOurs: boolean): void {
  watched.set(folder, { main, isOurs });
}

const watchedBy = (file = "") => [...watched].find(([folder]) => file.startsWith(join(folder, "/")))?.[1];

/** Milliseconds that watching itself took, which count for no extension. */
let watching = 0;

const load = loader._load;
loader._load = function (request, parent, isMain) {
  const from = watchedBy(parent?.filename);
  if (request === "vscode" && from) {
    const api = load.call(this, request, parent, isMain);
    const start = performance.now();
    const watchedApi = withWatchedApi(api, from.isOurs);
    watching += performance.now() - start;
    return watchedApi;
  }
  const extension = watchedBy(request);
  if (request !== extension?.main && !(from?.isOurs && lazyFiles.includes(request))) {
    return load.call(this, request, parent, isMain);
  }
  const sample = { load: 0, activate: 0, heap: 0 };
  samples.set(request, sample);
  const heap = usedHeap();
  watching = 0;
  const start = performance.now();
  const loaded = load.call(this, request, parent, isMain);
  sample.load = performance.now() - start - watching;
  sample.heap = usedHeap() - heap;
  return extension ? withMeasuredActivate(extension.isOurs, sample, loaded as Main) : loaded;
};

interface Main {
  activate(context: ExtensionContext): unknown;
}

const withMeasuredActivate = (isOurs: boolean, sample: LoadSample, main: Main): Main => ({
  ...main,
  async activate(context) {
    if (isOurs) ours.context = context;
    const heap = usedHeap();
    const start = performance.now();
    const result = main.activate(context);
    await result;
    sample.activate = performance.now() - start;
    sample.heap += usedHeap() - heap;
    return result;
  },
});

/** The API as the extension sees it, except for what it registers. */
function withWatchedApi(api: unknown, isOurs: boolean): unknown {
  const { authentication, lm, window } = api as typeof import("vscode");
  // Own properties, since bundles copy them. Getters aren't called, since some of them throw.
  const overlay = <T extends object>(base: T, changes: Partial<T>): T =>
    Object.create(Object.getPrototypeOf(base), {
      ...Object.getOwnPropertyDescriptors(base),
      ...Object.getOwnPropertyDescriptors(changes),
    });
  return overlay(api as typeof import("vscode"), {
    authentication: overlay(authentication, {
      registerAuthenticationProvider(id, label, provider, options) {
        // A copy's provider is already registered by the original.
        if (!isOurs) return { dispose() {} };
        ours.provider = provider;
        return authentication.registerAuthenticationProvider(id, label, provider, options);
      },
    }),
    lm: overlay(lm, {
      registerLanguageModelChatProvider(vendor, provider) {
        if (isOurs) ours.models = provider;
        return lm.registerLanguageModelChatProvider(vendor, provider);
      },
    }),
    window: overlay(window, {
      registerUriHandler(handler) {
        if (!isOurs) return window.registerUriHandler(handler);
        ours.uriHandler = handler;
        return window.registerUriHandler({ handleUri: (uri) => ours.uriHandler?.handleUri(uri) });
      },
    }),
  });
}
