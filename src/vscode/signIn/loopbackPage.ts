import { env, l10n } from "vscode";
import { escapeHtml, plainText } from "../../common/plainText";

/** What the browser shows after a callback to the loopback server: no scripts, both color schemes. */
export const loopbackPage = () => `<!doctype html>
<html lang="${escapeHtml(l10n.bundle ? env.language : "en")}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Connect OpenRouter</title>
<style>
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
body { min-height: 90vh; display: grid; place-content: center; text-align: center; margin: 1rem }
</style>
<h1>${escapeHtml(l10n.t("You can close this tab"))}</h1>
<p>${escapeHtml(l10n.t("Return to {0} to continue.", plainText(env.appName)))}</p>
</html>`;
