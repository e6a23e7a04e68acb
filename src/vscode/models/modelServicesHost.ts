import type { ExtensionContext } from "vscode";
import type { CreditsPolling } from "../../credits/creditsPolling";
import { serverTime } from "../../credits/serverClock";
import type { SharedCredits } from "../../credits/sharedCredits";
import { getModels } from "../../openrouter/modelList";
import { grantedTerms } from "../../openrouter/terms";
import type { ActiveSession } from "../../sessions/activeSession";
import type { SessionStore } from "../../sessions/sessionStore";
import { describeError } from "../errorMessages";
import { reportError } from "../showError";
import type { ModelServices } from "./modelServices";

/** Milliseconds for the list of models. */
const timeLimit = 30_000;

type FromElsewhere =
  | ("log" | "state" | "access" | "group" | "connect" | "modelsChanged")
  | ("showTurnCost" | "spendingCleared");
interface Parts extends Pick<ModelServices, FromElsewhere> {
  readonly context: Pick<ExtensionContext, "globalStorageUri" | "extension">;
  readonly store: SessionStore;
  readonly active: ActiveSession;
  readonly shared: SharedCredits;
  readonly polling: CreditsPolling;
}

/** `ModelServices` on the services. */
export function modelServicesHost({
  context,
  store,
  active,
  shared,
  polling,
  log,
  ...others
}: Parts): ModelServices {
  return {
    ...others,
    log,
    extension: context.extension,
    storage: context.globalStorageUri,
    sessions: () => store.current(),
    assertComplete: () => store.assertWritable(),
    activeSession: async () => (await active.read()).active,
    onDidChangeSessions: (listener) => polling.onDidChange(listener),
    fetch: ({ key, baseUrl }) =>
      getModels(key, { fetch: (input, init) => fetch(input, init), log, baseUrl, timeLimit }),
    termsOf(session) {
      const keyInfo = shared.readKey(session)?.answer?.keyInfo;
      return keyInfo && grantedTerms(keyInfo);
    },
    paid: (session, usd) => void polling.paid(session, usd),
    usageOf(session) {
      const { at, keyInfo } = shared.readKey(session)?.answer ?? {};
      if (at === undefined || !keyInfo) return undefined;
      const { usageDaily: daily, usageWeekly: weekly, usageMonthly: monthly, answeredAt } = keyInfo;
      return { at: serverTime(at, at, answeredAt), daily, weekly, monthly };
    },
    refreshUsage: (session) => polling.askAgain(session),
    keyRefused: (session) => void polling.suspect(session),
    message: (error) => describeError(error)?.message,
    report: (error) => reportError(error, log),
  };
}
