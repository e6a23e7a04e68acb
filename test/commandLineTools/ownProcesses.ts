import { readdirSync, readFileSync } from "node:fs";

/** A process that was started with an environment of ours. */
export interface OwnProcess {
  readonly id: number;
  readonly command: string;
}

/** Whether processes can be found here: by `/proc`. */
export const canFindProcesses = process.platform === "linux";

/** The processes in whose environment HOME is this folder, also those that left their process group. */
export function ownProcesses(home: string): OwnProcess[] {
  if (!canFindProcesses) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const environment = read(`/proc/${name}/environ`);
      if (!environment.split("\0").includes(`HOME=${home}`)) return [];
      const command = read(`/proc/${name}/cmdline`).replaceAll("\0", " ").trim();
      // An ended one, whose parent hasn't asked for its result, has no command line.
      return command ? [{ id: Number(name), command }] : [];
    });
}

/** Empty for a process that has ended, or isn't ours. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
