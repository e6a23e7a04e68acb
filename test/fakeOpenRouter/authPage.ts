import type { AuthRequest, LimitReset } from "./authRequest";
import { callbackName, callbackOrigin } from "./callback";
import { escapeHtml, page } from "./page";

/**
 * The consent page, with the texts of OpenRouter's: see the picture in its guide "OAuth PKCE". Its form posts to the
 * page's own URL, so the query arrives a second time unchanged, and no script is needed. As on OpenRouter, the user
 * can edit the limit and the key's label. The expiry isn't in that picture.
 */
export function consentPage({ callbackUrl, keyLabel, terms }: AuthRequest): string {
  const app = callbackName(callbackUrl);
  const expiry = terms.expiresAt === null ? "Never expires" : `Expires on ${readableTime(terms.expiresAt)}`;
  return page(
    "Authorization Request",
    `<p><strong>${escapeHtml(app)}</strong> is requesting to use your models</p>
<form method="post">
<label for="credit-limit">Credit limit (optional)</label>
<div class="amount">
<input id="credit-limit" name="limit" inputmode="decimal" autocomplete="off" aria-describedby="unit" value="${decimal(terms.limit)}">
<span id="unit">${unit(terms.limitReset)}</span>
</div>
<label for="key-label">Name of the key</label>
<input id="key-label" name="key_label" maxlength="100" autocomplete="off" value="${escapeHtml(keyLabel ?? app)}">
<p>${escapeHtml(expiry)}</p>
<p>Clicking Authorize will allow it to create an API key for you. ${whereTo(callbackUrl)}</p>
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

/** Headless, nothing is returned to. */
function whereTo(callbackUrl: string | undefined): string {
  if (callbackUrl === undefined) return "You then copy a code into it.";
  return `Make sure you recognize its URL: <strong id="origin">${escapeHtml(callbackOrigin(callbackUrl))}</strong>`;
}

/** As the field takes it: without grouping and exponent. Empty for no limit. */
function decimal(limit: number | null): string {
  return limit?.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 }) ?? "";
}

function unit(reset: LimitReset | null): string {
  return reset === null ? "USD" : `USD, resets ${reset}`;
}

function readableTime(time: string): string {
  const options = { dateStyle: "long", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat("en-GB", options).format(new Date(time))} UTC`;
}
