import { env, l10n } from "vscode";
import { escapeMarkdown, plainText } from "../../common/plainText";
import type { EffortWords, ModelWords } from "../../models/modelInformation";
import { modelWindow } from "../../models/modelWindow";
import type { OpenRouterModel } from "../../openrouter/model";

/** Milliseconds before a model's end in which the user is warned of choosing it. */
const warningTime = 60 * 24 * 60 * 60_000;

// Made once, since each costs more than all that it formats for a list.
const usd = (minimumFractionDigits: number) =>
  new Intl.NumberFormat(env.language, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits,
    maximumFractionDigits: 6,
  });
const [wholeUsd, usdWithCents] = [usd(0), usd(2)];
const tokens = new Intl.NumberFormat(env.language, { notation: "compact", maximumSignificantDigits: 3 });
const date = new Intl.DateTimeFormat(env.language, { dateStyle: "medium", timeZone: "UTC" });

/** What is to be said about a model. @param now in milliseconds since the epoch */
export function modelWords(model: OpenRouterModel, now: number): ModelWords {
  const { brief, whole: price } = priceTexts(model);
  const window = modelWindow(model);
  const context = tokens.format(window.total);
  const end = Date.parse(model.expirationDate ?? "");
  const warning = Number.isNaN(end)
    ? undefined
    : l10n.t("OpenRouter may retire this model after {0}.", date.format(end));
  const lines = [
    price,
    l10n.t("Context: {0} tokens, up to {1} of them output", context, tokens.format(window.output)),
    ...(warning ? [warning] : []),
  ];
  return {
    price,
    detail: `${brief} · ${context}`,
    tooltip: lines.map(escapeMarkdown).join("\n\n"),
    ...(warning && end - now < warningTime && { warning }),
  };
}

function priceTexts({ prices }: OpenRouterModel): { readonly brief: string; readonly whole: string } {
  const same = (text: string) => ({ brief: text, whole: text });
  // A router's depends on the model that it chooses.
  if (!prices) return same(l10n.t("Price varies"));
  const { prompt, completion, cacheRead } = prices;
  if (prompt === 0 && completion === 0) return same(l10n.t("Free"));
  const brief = l10n.t("{0} in, {1} out", perMillion(prompt), perMillion(completion));
  const each = l10n.t("{0} per million tokens", brief);
  const whole =
    cacheRead === undefined ? each : l10n.t("{0}, {1} for cached input", each, perMillion(cacheRead));
  return { brief, whole };
}

function perMillion(price: number): string {
  // Without the rest of the multiplication, such as 0.30000000000000004.
  const amount = Number((price * 1e6).toFixed(6));
  return (Number.isInteger(amount) ? wholeUsd : usdWithCents).format(amount);
}

/** What is to be said about efforts. */
export function effortWords(): EffortWords {
  const labels: Readonly<Record<string, string>> = {
    max: l10n.t("Maximum"),
    xhigh: l10n.t("Very high"),
    high: l10n.t("High"),
    medium: l10n.t("Medium"),
    low: l10n.t("Low"),
    minimal: l10n.t("Minimal"),
    none: l10n.t("None"),
    default: l10n.t("Default"),
  };
  // OpenRouter may add one.
  const label = (effort: string) =>
    Object.hasOwn(labels, effort) ? (labels[effort] ?? effort) : plainText(effort);
  return { title: l10n.t("Reasoning effort"), label };
}
