import { l10n, window } from "vscode";
import { commandIds } from "../../commandIds";
import type { FlowId } from "../../signIn/flows";

/** A flow's name, on a button and in a list. */
export const flowNames: Record<FlowId, () => string> = {
  uriCallback: () => l10n.t("Sign In via Editor Link"),
  loopback: () => l10n.t("Sign In via Local Server"),
  codeEntry: () => l10n.t("Connect with a Code"),
};

/** Lets the user choose one of them; undefined where the list was closed. */
export async function pickFlow(flows: readonly FlowId[]): Promise<FlowId | undefined> {
  const picked = await window.showQuickPick(
    flows.map((flow) => ({ label: flowNames[flow](), flow })),
    {
      title: l10n.t("Try Another Way to Connect"),
      placeHolder: l10n.t("You can still finish in the browser"),
    },
  );
  return picked?.flow;
}

/** What the user does while an attempt waits, with a link to other flows for it. @param attempt its number */
export const waitingMessage = (attempt: number) =>
  l10n.t(
    "authorize in your browser. [Having trouble?](command:{0})",
    `${commandIds.tryAnotherFlow}?${encodeURIComponent(JSON.stringify([attempt]))}`,
  );
