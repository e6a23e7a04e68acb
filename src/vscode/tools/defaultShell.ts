import { env, workspace } from "vscode";
import type { Shell } from "../../terminal/environmentHandover";

/** A profile of terminals in the settings of VS Code. */
interface Profile {
  readonly args?: readonly string[] | string;
  readonly env?: Readonly<Record<string, string | null>>;
  readonly source?: string;
}

/** The shell that VS Code starts in a new terminal, as the settings for terminals have it. Only in Node. */
export async function defaultShell(): Promise<Shell & { readonly env: NonNullable<Profile["env"]> }> {
  const { platform } = (await import("node:process")).default;
  const os = platform === "win32" ? "windows" : platform === "darwin" ? "osx" : "linux";
  const settings = workspace.getConfiguration("terminal.integrated");
  const path = env.shell || (os === "windows" ? "powershell.exe" : "/bin/sh");
  // Without a name, VS Code takes the profile of the same name as the shell.
  const name = settings.get<string | null>(`defaultProfile.${os}`) ?? path.split("/").at(-1) ?? "";
  const profile = settings.get<Record<string, Profile | null>>(`profiles.${os}`)?.[name];
  return { path, args: argsOf(name, profile), env: profile?.env ?? {} };
}

function argsOf(name: string, profile: Profile | null | undefined): readonly string[] {
  if (Array.isArray(profile?.args)) return profile.args;
  // Profiles that VS Code finds by itself.
  if (/^Git Bash$/.test(profile?.source ?? "")) return ["--login", "-i"];
  const distribution = /^(.+) \(WSL\)$/.exec(name)?.[1];
  return distribution ? ["-d", distribution] : [];
}
