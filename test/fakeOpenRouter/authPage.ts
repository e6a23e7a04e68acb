import type { AuthRequest } from "./authRequest";
import { callbackReceiver } from "./callback";
import { escapeHtml, page } from "./page";

/**
 * The consent page. Its form posts to the page's own URL, so the query arrives a second time unchanged, and no
 * script is needed. As on OpenRouter, the user can edit the key's label.
 */
export function consentPage({ callbackUrl, keyLabel, terms }: AuthRequest): string {
  const receiver = callbackUrl === undefined ? "an app" : callbackReceiver(callbackUrl);
  const name = keyLabel ?? receiver;
  const lines = [
    limitLine(terms.limit, terms.limitReset),
    terms.expiresAt === null ? "Never expires" : `Expires on ${readableTime(terms.expiresAt)}`,
    callbackUrl === undefined ? "You copy a code into the app" : `Returns to ${receiver}`,
  ];
  return page(
    `Connect ${name}?`,
    `<p>It gets its own API key, which you can revoke at any time.</p>
<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>
<form method="post">
<label for="key-label">Name of the key</label>
<input id="key-label" name="key_label" maxlength="100" autocomplete="off" value="${escapeHtml(name)}">
<div class="choice">
<button id="authorize" name="decision" value="authorize">Authorize</button>
<button id="deny" name="decision" value="deny">Deny</button>
</div>
</form>`,
  );
}

/** Headless mode: shows the code to copy. */
export function codePage(code: string): string {
  return page(
    "Copy this code",
    `<p>Paste it into the app that requested it. It works once, within 10 minutes.</p>
<code id="code">${escapeHtml(code)}</code>`,
  );
}

export function deniedPage(): string {
  return page("You denied access", `<p id="denied">No key was created. You can close this page.</p>`);
}

export function invalidRequestPage(reason: string): string {
  return page("This sign-in request is not valid", `<p id="error">${escapeHtml(reason)}</p>`);
}

function limitLine(limit: number | null, reset: string | null): string {
  if (limit === null) return "No credit limit";
  const usd = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(limit);
  return `${usd} credit limit${reset === null ? "" : `, resets ${reset}`}`;
}

function readableTime(time: string): string {
  const options = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat("en-GB", options).format(new Date(time))} UTC`;
}
