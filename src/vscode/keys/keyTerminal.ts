import { commands, env, LogLevel, l10n, ThemeIcon, window } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { defaultBaseUrl } from "../../openrouter/baseUrl";
import type { Session } from "../../sessions/session";

/**
 * Opens a terminal whose environment, and no other, holds the key. It isn't restored after a restart, since
 * VS Code would write its environment to disk for that, and isn't opened where VS Code would log it.
 */
export async function openKeyTerminal({ key, baseUrl }: Session): Promise<void> {
  if (env.logLevel === LogLevel.Trace || env.logLevel === LogLevel.Debug) {
    const change = l10n.t("Set Log Level");
    const message = l10n.t("VS Code would log the key. Set its log level to Info, then try again.");
    if (await window.showWarningMessage(message, change)) {
      await commands.executeCommand(vscodeCommandIds.setLogLevel);
    }
    return;
  }
  window
    .createTerminal({
      name: "OpenRouter",
      iconPath: new ThemeIcon("credit-card"),
      isTransient: true,
      env: {
        OPENROUTER_API_KEY: key,
        // As tools that read it mean it: the address of the API, with its version.
        ...(baseUrl !== defaultBaseUrl && { OPENROUTER_BASE_URL: `${baseUrl}/api/v1` }),
      },
    })
    .show();
}
