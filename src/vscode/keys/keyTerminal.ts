import { commands, env, LogLevel, l10n, ThemeIcon, window } from "vscode";
import { vscodeCommandIds } from "../../commandIds";
import { defaultBaseUrl } from "../../openrouter/baseUrl";
import type { Session } from "../../sessions/session";

/**
 * Opens a terminal with the key in its environment. It isn't restored after a restart, since VS Code would write its
 * environment to disk for that, and isn't opened at log levels at which VS Code logs the environment.
 */
export async function openKeyTerminal({ key, baseUrl }: Session): Promise<void> {
  if (env.logLevel === LogLevel.Trace || env.logLevel === LogLevel.Debug) {
    const change = l10n.t("Set Log Level");
    const message = l10n.t(
      "At log level Debug or Trace, VS Code would log your key. Set the log level to Info, then try again.",
    );
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
        // The URL of the API with its version, as the tools that read this variable expect it.
        ...(baseUrl !== defaultBaseUrl && { OPENROUTER_BASE_URL: `${baseUrl}/api/v1` }),
      },
    })
    .show();
}
