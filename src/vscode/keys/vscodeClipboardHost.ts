import { env, l10n, UIKind, window } from "vscode";
import type { ClipboardHost } from "../../clipboard/copiedKey";
import type { Log } from "../../common/log";
import { reportError } from "../showError";

const inBrowser = env.uiKind === UIKind.Web;

/** Where the browser forbids writing, VS Code copies what is selected in an element, which must not be empty. */
const clear = () => env.clipboard.writeText(inBrowser ? " " : "");

/** `ClipboardHost` on VS Code. */
export const vscodeClipboardHost = (log: Log): ClipboardHost => ({
  readText: () => env.clipboard.readText(),
  writeText: (text) => env.clipboard.writeText(text),
  clear,
  inBrowser,
  isFocused: () => window.state.focused,
  now: () => Date.now(),
  log,
  showNotCleared: () => void showNotCleared().catch((error) => reportError(error, log)),
});

async function showNotCleared(): Promise<void> {
  const button = l10n.t("Clear Clipboard");
  const chosen = await window.showWarningMessage(
    l10n.t(
      "The API key you copied may still be on the clipboard, which can't be read here. Clear the clipboard, or copy something else.",
    ),
    button,
  );
  if (chosen) await clear();
}
