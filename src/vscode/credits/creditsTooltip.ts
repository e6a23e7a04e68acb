import { env, l10n, MarkdownString } from "vscode";
import { commandIds } from "../../commandIds";
import { escapeMarkdown } from "../../common/plainText";
import type { PictureColors, SvgImage } from "../../common/svgImage";
import { limitBar, type UsedLimit } from "../../credits/limitBar";
import type { RecentPicture } from "../../spending/recentDays";
import type { CreditsText } from "./creditsText";

/** The commands that the tooltip has links for. No other command may be run from it. */
const links = [
  [commandIds.showSpending, () => l10n.t("Show Spending")],
  [commandIds.openKeyPage, () => l10n.t("Open Key Page")],
  [commandIds.setUpTool, () => l10n.t("Set Up a Tool…")],
] as const;

/** What is shown beside the words. */
export interface TooltipExtras {
  readonly colors: PictureColors;
  readonly recent: RecentPicture | undefined;
  /** Whether there is a key for the links to be about. */
  readonly hasKey: boolean;
}

/** The credits in words and pictures, with links for what is done next. Texts from outside stay plain text. */
export function creditsTooltip(
  { rows, problem, used }: CreditsText,
  { colors, recent, hasKey }: TooltipExtras,
): MarkdownString {
  const table = rows.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`);
  const blocks = [
    "**OpenRouter**",
    used && image(limitBar(used, colors), usedText(used)),
    table.length > 0 && ["| | |", "|:--|--:|", ...table].join("\n"),
    problem && escapeMarkdown(problem),
    recent && image(recent.image, recent.alt),
    recent?.lines.map(escapeMarkdown).join("  \n"),
    hasKey && links.map(([id, text]) => `[${escapeMarkdown(text())}](command:${id})`).join(" · "),
  ];
  const markdown = new MarkdownString(blocks.filter(Boolean).join("\n\n"));
  if (hasKey) markdown.isTrusted = { enabledCommands: links.map(([id]) => id) };
  return markdown;
}

/**
 * With its size, so that the tooltip has its own before the picture is there. VS Code would show the backslashes in an
 * alternative text, so it has no other punctuation than a sentence needs.
 */
const image = ({ uri, width, height }: SvgImage, alt: string) =>
  `![${alt.replace(/[^\p{L}\p{M}\p{N} %.,]/gu, " ")}](${uri}|width=${width},height=${height})`;

/** Whole percents, and 100 only where nothing is left. */
const usedText = ({ share }: UsedLimit) =>
  l10n.t(
    "{0} of the limit is used",
    new Intl.NumberFormat(env.language, { style: "percent" }).format(Math.floor(share * 100) / 100),
  );
