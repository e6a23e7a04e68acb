import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TokenEstimator } from "../../src/models/tokenEstimator";
import { root } from "../tools/paths.mjs";
import type { Measurement } from "./report";

/** What VS Code's chat asked for one request of its agent, in 1.139.1: the most often it did, and its sizes. */
const [calls, tools, toolSize, systemPrompt] = [5_000, 40, 1_350, 14_500];

/** Counts the tokens of what VS Code's chat asks about for one request, each time with an estimator of its own. */
export function measureCounting(runs: number): Measurement[] {
  console.log("Counting tokens");
  const texts = askedTexts();
  const samples: number[] = [];
  for (let run = 0; run < runs; run++) {
    const estimator = new TokenEstimator();
    const start = performance.now();
    for (const text of texts) estimator.count("a/b", text);
    samples.push(performance.now() - start);
  }
  const text = `Counting tokens: ${calls.toLocaleString("en")} calls`;
  return [{ id: "counting.request", text, unit: "ms", samples, goal: { max: 10 } }];
}

/** The system prompt, the tools, and short parts of a prompt, 0.5 MB in all. */
function askedTexts(): string[] {
  const prose = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const json = readFileSync(join(root, "package-lock.json"), "utf8");
  const part = (of: string, index: number, size: number) =>
    of.slice((index * 97) % (of.length - size)).slice(0, size);
  const short = Array.from({ length: calls - tools - 1 }, (_, index) =>
    part(prose, index, (index % 17) * 12),
  );
  const schemas = Array.from({ length: tools }, (_, index) => part(json, index, toolSize));
  return [prose.slice(0, systemPrompt), ...schemas, ...short];
}
