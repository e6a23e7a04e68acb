import { withTimeLimit } from "../common/timeLimit";

/** Milliseconds for looking. A folder on a network may never answer. */
const timeLimit = 5000;

/** Where a system looks for programs. */
interface SearchPath {
  readonly folders: readonly string[];
  /** What a program's name may end with, such as `.cmd` on Windows. */
  readonly endings: readonly string[];
}

/**
 * The programs of these names that are on the `PATH` of this process; undefined if a folder doesn't answer in time. Only
 * in Node.
 */
export async function findPrograms(names: readonly string[]): Promise<ReadonlySet<string> | undefined> {
  const { default: process } = await import("node:process");
  const { access, constants, stat } = await import("node:fs/promises");
  const { folders, endings } = searchPath(process);
  const isProgram = async (path: string) => {
    try {
      await access(path, constants.X_OK);
    } catch {
      return false; // it isn't there, or no program
    }
    return stat(path).then(
      (found) => !found.isDirectory(),
      () => true, // Windows' aliases of programs can be run, but not be looked at
    );
  };
  const isHere = async (name: string) => {
    const paths = folders.flatMap((folder) => endings.map((ending) => `${folder}/${name}${ending}`));
    return (await Promise.all(paths.map(isProgram))).includes(true);
  };
  const looking = Promise.all(names.map(async (name) => ((await isHere(name)) ? [name] : [])));
  const found = await withTimeLimit(looking, timeLimit).catch(() => undefined);
  return found && new Set(found.flat());
}

/** The `PATH` of a process (POSIX, Environment Variables, 8.3; Windows docs, "path" and "start"). */
export function searchPath({
  platform,
  env,
}: {
  readonly platform: string;
  readonly env: { readonly PATH?: string | undefined; readonly PATHEXT?: string | undefined };
}): SearchPath {
  const isWindows = platform === "win32";
  const folders = (env.PATH ?? "").split(isWindows ? ";" : ":").filter((folder) => folder !== "");
  return { folders, endings: isWindows ? (env.PATHEXT ?? ".COM;.EXE;.BAT;.CMD").split(";") : [""] };
}
