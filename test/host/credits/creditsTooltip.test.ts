import { deepEqual, equal, ok } from "node:assert/strict";
import type { MarkdownString } from "vscode";
import { svgImage } from "../../../src/common/svgImage";
import type { CreditsText } from "../../../src/vscode/credits/creditsText";
import { creditsTooltip } from "../../../src/vscode/credits/creditsTooltip";
import { colors } from "../../fakes/svg";

const text: CreditsText = {
  headline: "$7.50 left",
  severity: "normal",
  rows: [["Limit", "$10.00"]],
  problem: undefined,
  used: { share: 0.25, severity: "normal" },
};
const recent = {
  image: svgImage(300, 40, ""),
  alt: "Bar chart",
  lines: ["It cost ≈$1.50.", "Most on Nov 25: $1."],
};
const all = { colors, recent, hasKey: true };
/** Its blocks, with each picture by its alternative text. */
const blocks = ({ value }: MarkdownString) =>
  value.replaceAll(/!\[([^\]]*)\]\(data:[^)|]*\|width=\d+,height=\d+\)/g, "<$1>").split("\n\n");

describe("The tooltip of the status bar", () => {
  it("has a bar of the limit, the figures, the last days in a picture and in words, and links", () => {
    deepEqual(blocks(creditsTooltip(text, all)), [
      "**OpenRouter**",
      "<25% of the limit is used>",
      "| | |\n|:--|--:|\n| Limit | \\$10\\.00 |",
      "<Bar chart>",
      "It cost ≈\\$1\\.50\\.  \nMost on Nov 25\\: \\$1\\.",
      "[Show Spending](command:connectOpenRouter.showSpending) · [Open Key Page](command:connectOpenRouter.openKeyPage) · [Set Up a Tool…](command:connectOpenRouter.setUpTool)",
    ]);
  });

  it("trusts its own links, and neither other commands nor HTML", () => {
    const { isTrusted, supportHtml, supportThemeIcons } = creditsTooltip(text, all);
    const ids = ["showSpending", "openKeyPage", "setUpTool"].map((name) => `connectOpenRouter.${name}`);
    deepEqual(isTrusted, { enabledCommands: ids });
    ok(!supportHtml && !supportThemeIcons);
  });

  it("has no bar without a limit, and no picture without spending", () => {
    const without = creditsTooltip({ ...text, used: undefined }, { ...all, recent: undefined });
    deepEqual(
      blocks(without).map((block) => block.slice(0, 5)),
      ["**Ope", "| | |", "[Show"],
    );
  });

  it("is what is wrong alone, without links, where no key is in use", () => {
    const failed = { ...text, rows: [], used: undefined, problem: "Can't read. Try again." };
    const tooltip = creditsTooltip(failed, { ...all, recent: undefined, hasKey: false });
    deepEqual(blocks(tooltip), ["**OpenRouter**", "Can\\'t read\\. Try again\\."]);
    ok(!tooltip.isTrusted);
  });

  it("says 100% only where nothing is left", () => {
    const altOf = (share: number) =>
      blocks(creditsTooltip({ ...text, used: { share, severity: "normal" } }, all))[1];
    equal(altOf(0.9999), "<99% of the limit is used>");
    equal(altOf(1), "<100% of the limit is used>");
    equal(altOf(0), "<0% of the limit is used>");
  });
});
