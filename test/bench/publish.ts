import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { root } from "../tools/paths.mjs";
import { comparisonText } from "./comparison";
import { pageWith, table } from "./page";
import { createReport, formatReport, type Measurement, type Report } from "./report";

const data = join(root, "docs/performance.json");
const page = join(root, "docs/performance.md");

/** Prints what was measured and how it differs from docs/performance.json. `write` replaces that, and the page's table. */
export function publish(measurements: Measurement[], { write }: { write: boolean }): void {
  const report = createReport(new Date().toISOString().slice(0, 10), machine(), measurements);
  const last: Report | undefined = existsSync(data) ? JSON.parse(readFileSync(data, "utf8")) : undefined;
  console.log(`\n${table(report.rows)}\n\n${report.machine}\n\n${comparisonText(last, report)}`);
  if (!write) return;
  writeFileSync(data, formatReport(report));
  writeFileSync(page, pageWith(readFileSync(page, "utf8"), report));
}

const machine = () =>
  `${cpus()[0]?.model.trim() ?? "?"}, ${cpus().length} cores, Node ${process.version}, ${process.platform}`;
