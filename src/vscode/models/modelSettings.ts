import { workspace } from "vscode";
import { ChatError } from "../../models/chatError";

const value = (name: string) => workspace.getConfiguration("connectOpenRouter").get<unknown>(name);

/**
 * The setting `providerRouting`: OpenRouter's `provider` object for each request. Throws `ChatError` where it isn't an
 * object, since a request without what the user meant to demand, such as zero data retention, must not be sent.
 */
export function readProviderRouting(): object | undefined {
  const routing = value("providerRouting") ?? undefined;
  if (routing === undefined) return undefined;
  if (typeof routing !== "object" || Array.isArray(routing))
    throw new ChatError("badSettings", "Setting connectOpenRouter.providerRouting is invalid", {
      setting: "providerRouting",
    });
  return Object.keys(routing).length > 0 ? routing : undefined;
}

/** The id of the setting whether VS Code gets the models at all. */
export const offerModelsSetting = "connectOpenRouter.offerModels";

/** Whether VS Code gets the models at all. */
export const readOfferModels = () => value("offerModels") !== false;

/** Fires when that changes. */
export const onDidChangeOfferModels = (listener: () => void) =>
  workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(offerModelsSetting)) listener();
  });
