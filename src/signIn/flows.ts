import { isCallbackUrl } from "../openrouter/authorizationRequest";

/** How the code gets back from the browser: by the editor's link, by a server on 127.0.0.1, or by copying it. */
export type FlowId = "uriCallback" | "loopback" | "codeEntry";

/** What decides which flows work. */
export interface Environment {
  readonly uiKind: "desktop" | "web";
  readonly extensionHost: "node" | "webWorker";
  /** Whether the extension runs on the machine where the browser is. */
  readonly local: boolean;
  /** The editor's own callback URL; undefined when it has none. */
  readonly callbackUrl: string | undefined;
}

/** A way to sign in, and all that it needs of the environment. */
interface Flow {
  readonly id: FlowId;
  readonly needs: Partial<Pick<Environment, "uiKind" | "extensionHost" | "local">> & {
    /** A callback URL that OpenRouter accepts. */
    readonly callbackUrl?: true;
  };
}

/** In the order in which they are tried: the least work for the user first. */
const flows: readonly Flow[] = [
  { id: "uriCallback", needs: { callbackUrl: true } },
  { id: "loopback", needs: { uiKind: "desktop", extensionHost: "node", local: true } },
  { id: "codeEntry", needs: {} },
];

/** The flows that work in an environment, the one to begin with first. There is always one. */
export function flowsFor({ callbackUrl, ...environment }: Environment): FlowId[] {
  const works = ({ needs: { callbackUrl: needsCallbackUrl, ...others } }: Flow) =>
    (!needsCallbackUrl || (callbackUrl !== undefined && isCallbackUrl(callbackUrl))) &&
    Object.entries(others).every(([need, value]) => environment[need as keyof typeof others] === value);
  return flows.filter(works).map(({ id }) => id);
}
