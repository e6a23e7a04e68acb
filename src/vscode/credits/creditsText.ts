import { env, l10n } from "vscode";
import { plainText } from "../../common/plainText";
import { formatCost, formatSpending, formatUsd } from "../../common/usd";
import type { CreditsState } from "../../credits/creditsHost";
import { creditsView, type Row, type RowName, type Severity } from "../../credits/creditsView";
import { type UsedLimit, usedLimit } from "../../credits/limitBar";
import { OpenRouterError } from "../../openrouter/errors";
import type { TurnCost } from "../../spending/turnCosts";
import { describeError } from "../errorMessages";
import { formatTime, relativeTime } from "../relativeTime";

/** Milliseconds after which figures are shown with their age. */
const oldAge = 10 * 60_000;

/** The credits in words, all of them plain text. */
export interface CreditsText {
  readonly headline: string;
  readonly severity: Severity;
  readonly rows: readonly (readonly [name: string, value: string])[];
  /** Why there is nothing newer, and what to do next. */
  readonly problem: string | undefined;
  /** Undefined without a limit, or where that isn't known. */
  readonly used?: UsedLimit | undefined;
}

/** `now` is in milliseconds since the epoch. */
export function creditsText(
  state: CreditsState,
  { now, warnBelow }: { now: number; warnBelow: number },
): CreditsText {
  const { active, answer, failure, refusal } = state;
  const problem = refusal === "unconfirmed" ? unconfirmed() : describe(refusal ? rejected : failure);
  if (refusal === "confirmed") {
    return { headline: l10n.t("Key not valid"), severity: "error", rows: [], problem };
  }
  if (!active || !answer) return { headline: "OpenRouter", severity: "normal", rows: [], problem };

  const { headline, severity, rows } = creditsView(answer.keyInfo, { now, at: answer.at, warnBelow });
  const age = relativeTime(answer.at, now);
  const text =
    "left" in headline
      ? l10n.t("{0} left", formatSpending(headline.left, env.language))
      : headline.usedToday === undefined
        ? "OpenRouter"
        : l10n.t("{0} used today", formatSpending(headline.usedToday, env.language));
  return {
    headline: problem || now - answer.at > oldAge ? `${text} (${age})` : text,
    severity,
    problem,
    used: usedLimit(answer.keyInfo, warnBelow),
    rows: [
      ...rows.map((row) => [rowNames[row.name](), rowValue(row)] as const),
      [l10n.t("Account"), plainText(active.label)],
      [l10n.t("Updated"), age],
    ],
  };
}

/** What OpenRouter said about a key that is withheld, perhaps to another window. */
const rejected = new OpenRouterError("status", "OpenRouter answered 401", { status: 401, withKey: true });

const unconfirmed = () =>
  l10n.t(
    "OpenRouter rejected this key, which worked before. It's checked again soon, or when you select Refresh.",
  );

const describe = (error: unknown) => (error === undefined ? undefined : describeError(error)?.message);

/** The same with what the latest turn has cost. */
export function withTurnCost(text: CreditsText, turn: TurnCost | undefined): CreditsText {
  if (!turn) return text;
  const usd = formatCost(turn.usd, env.language);
  const cost = turn.isEstimate ? `≈${usd}` : usd;
  return {
    ...text,
    headline: `${cost} · ${text.headline}`,
    rows: [[l10n.t("Latest request"), cost], ...text.rows],
  };
}

/** The headline, beginning with the name of the product. */
export const withProductName = (headline: string) =>
  headline.startsWith("OpenRouter") ? headline : `OpenRouter: ${headline}`;

const rowNames: Record<RowName, () => string> = {
  limit: () => l10n.t("Limit"),
  left: () => l10n.t("Left"),
  resets: () => l10n.t("Resets"),
  usedToday: () => l10n.t("Used today"),
  usedThisWeek: () => l10n.t("Used this week"),
  usedThisMonth: () => l10n.t("Used this month"),
  expires: () => l10n.t("Expires"),
  tier: () => l10n.t("Tier"),
  label: () => l10n.t("Key"), // OpenRouter's `label` is the masked key
};

function rowValue({ name, usd, time, text }: Row): string {
  if (name === "limit") return usd === undefined ? l10n.t("None") : formatUsd(usd, env.language);
  if (name === "tier") return l10n.t("Free");
  if (name === "expires" && time === undefined) return l10n.t("Never");
  const word = text && plainText(name === "resets" ? resetWord(text) : text);
  const date = time === undefined ? undefined : formatTime(time);
  if (word && date) return l10n.t("{0}, next on {1}", word, date);
  return usd === undefined ? (word ?? date ?? "") : formatSpending(usd, env.language);
}

/** A word that OpenRouter may add stays as it is. */
function resetWord(reset: string): string {
  if (reset === "daily") return l10n.t("Daily");
  if (reset === "weekly") return l10n.t("Weekly");
  return reset === "monthly" ? l10n.t("Monthly") : reset;
}
