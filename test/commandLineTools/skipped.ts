/** Why a tool can't be tested here, by its id, if it can't: `run.mjs` has found out. */
export function skipped(id: string): string | false {
  const reasons: Record<string, string> = JSON.parse(process.env.SKIPPED_TOOLS ?? "{}");
  return reasons[id] ?? false;
}
