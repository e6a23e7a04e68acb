import type { ExtensionContext } from "vscode";
import type { Log } from "../../common/log";
import type { Session } from "../../sessions/session";
import type { SessionStore } from "../../sessions/sessionStore";
import type { SignInHost } from "../../signIn/signInHost";
import { toolKeyPage } from "../../tools/toolKeyRequest";
import { readOwnKeySettings } from "../settings";
import { reportError } from "../showError";
import { ticked } from "../walkthroughSteps";
import type { ToolServices } from "./toolServices";

interface Parts extends Pick<ToolServices, "state"> {
  readonly context: ExtensionContext;
  readonly signInHost: Pick<SignInHost, "environment">;
  readonly log: Log;
  readonly store: Pick<SessionStore, "complete">;
  readonly creditsMenu: { activeSession(): Promise<Session | undefined> };
  readonly models: { get(): Pick<ToolServices, "pickModel"> };
}

/** `ToolServices` on the services. */
export const toolServicesHost = ({
  context,
  signInHost,
  state,
  log,
  store,
  creditsMenu,
  models,
}: Parts): ToolServices => ({
  context,
  extensionHost: signInHost.environment.extensionHost,
  state,
  report: (error) => reportError(error, log),
  activeSession: () => creditsMenu.activeSession(),
  sessions: () => store.complete(),
  ownKey: {
    log,
    settings: readOwnKeySettings,
    page: toolKeyPage,
    pageOpened: () => ticked(state, "tool"),
  },
  pickModel: (title) => models.get().pickModel(title),
});
