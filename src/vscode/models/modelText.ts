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
const compact = new Intl.NumberFormat(env.language, { notation: "compact", maximumSignificantDigits: 3 });
const date = new Intl.DateTimeFormat(env.language, { dateStyle: "medium", timeZone: "UTC" });

/** Makes the texts once for each key: much of what is said is the same for many models, and VS Code waits for it. */
function once<Key extends readonly (number | undefined)[], Texts>(make: (...key: Key) => Texts) {
  const made = new Map<string, Texts>();
  return (...key: Key): Texts => {
    const id = key.join();
    const texts = made.get(id) ?? make(...key);
    made.set(id, texts);
    return texts;
  };
}

/** What is to be said about a model. @param now in milliseconds since the epoch */
export function modelWords(model: OpenRouterModel, now: number): ModelWords {
  const { prompt, completion, cacheRead } = model.prices ?? {};
  const price = priceTexts(prompt, completion, cacheRead);
  const { total, output } = modelWindow(model);
  const context = contextTexts(total, output);
  const end = Date.parse(model.expirationDate ?? "");
  const warning = Number.isNaN(end)
    ? undefined
    : l10n.t("OpenRouter may retire this model after {0}.", date.format(end));
  return {
    price: price.whole,
    detail: `${price.brief} · ${context.brief}`,
    tooltip: [price.markdown, context.markdown, ...(warning ? [escapeMarkdown(warning)] : [])].join("\n\n"),
    ...(warning && end - now < warningTime && { warning }),
  };
}

/** USD per token. A router's are undefined: they depend on the model that it chooses. */
const priceTexts = once((prompt?: number, completion?: number, cacheRead?: number) => {
  const texts = (whole: string, brief = whole) => ({ brief, whole, markdown: escapeMarkdown(whole) });
  if (prompt === undefined || completion === undefined) return texts(l10n.t("Price varies"));
  if (prompt === 0 && completion === 0) return texts(l10n.t("Free"));
  const brief = l10n.t("{0} in, {1} out", perMillion(prompt), perMillion(completion));
  const each = l10n.t("{0} per million tokens", brief);
  if (cacheRead === undefined) return texts(each, brief);
  return texts(l10n.t("{0}, {1} for cached input", each, perMillion(cacheRead)), brief);
});

const contextTexts = once((total: number, output: number) => {
  const [brief, most] = [compact.format(total), compact.format(output)];
  const whole = l10n.t("Context: {0} tokens, up to {1} of them output", brief, most);
  return { brief, markdown: escapeMarkdown(whole) };
});

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
    none: l10n.t("Off"), // short, since the chat shows it beside the name of the model
    default: l10n.t("Default"),
  };
  // OpenRouter may add one.
  const label = (effort: string) =>
    Object.hasOwn(labels, effort) ? (labels[effort] ?? effort) : plainText(effort);
  return { title: l10n.t("Reasoning effort"), label };
}
