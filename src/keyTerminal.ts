import { ThemeIcon, window } from "vscode";
import { defaultBaseUrl } from "./openrouter/baseUrl";
import type { Session } from "./session";

/**
 * Opens a terminal whose environment, and no other, holds the key. It isn't restored after a restart, since
 * VS Code would write its environment to disk for that.
 */
export function openKeyTerminal({ key, baseUrl }: Session): void {
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
