import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Who spends, and USD a day at most. */
const spenders = [
  { extension: "github.copilot-chat", model: "anthropic/claude-sonnet-4.5", most: 0.42 },
  { extension: "connect-openrouter-tests.consumer", model: "openai/gpt-5.1", most: 0.23 },
  { extension: "acme.code-reviewer", model: "deepseek/deepseek-v3.2", most: 0.11 },
];

const day = 24 * 60 * 60_000;

/** Writes what was spent in the last 30 days. @param userData the folder of VS Code's user data */
export function writeLedger(userData: string): void {
  const extension = "connect-openrouter.connect-openrouter";
  const folder = join(userData, "User/globalStorage", extension, "spending");
  mkdirSync(folder, { recursive: true });
  for (let ago = 0; ago < 30; ago++) {
    const date = new Date(Date.now() - ago * day).toISOString().slice(0, 10);
    writeFileSync(join(folder, `${date}.pictures.1.json`), ledgerOf(29 - ago));
  }
}

/** A file as src/spending/ledgerFile.ts reads it. Little on weekends, and more toward the end. */
function ledgerOf(index: number): string {
  const names = spenders.flatMap(({ extension, model }) => [extension, model]);
  const rows = spenders.map(({ most }, i) => {
    const share = ((index * 37 + i * 17) % 10) / 10 + 0.1;
    const usd = most * share * (index % 7 < 2 ? 0.15 : 1) * (0.5 + index / 60);
    return [2 * i, 2 * i + 1, 0, 12, 0, 90_000, 40_000, 6_000, 1_000, Math.round(usd * 1e9), 0, 0];
  });
  return JSON.stringify({ version: 1, names, rows });
}
