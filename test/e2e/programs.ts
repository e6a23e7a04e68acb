import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../tools/lifetime.mjs";

/** What a stand-in was started with. */
interface Start {
  readonly args: string;
  /** The SHA-256 of each of its variables, since some of them are secret. */
  readonly variables: Readonly<Record<string, string>>;
}

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Stand-ins for command-line tools, in a folder of their own. Each writes down what it was started with. */
export class Programs {
  readonly folder = temporaryFolder("programs").path;

  constructor(names: readonly string[]) {
    for (const name of names) {
      const path = join(this.folder, name);
      writeFileSync(path, script(this.#recordOf(name)));
      chmodSync(path, 0o755);
    }
  }

  /** What the stand-in was started with since this was last asked; undefined if it wasn't. */
  started(name: string): Start | undefined {
    const path = this.#recordOf(name);
    if (!existsSync(path)) return undefined;
    const [args = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
    rmSync(path);
    return { args, variables: Object.fromEntries(lines.map((line) => line.split("=") as [string, string])) };
  }

  #recordOf = (name: string) => join(this.folder, `${name}.txt`);
}

/** Moves the record into place, so that nobody reads a part of it. */
const script = (record: string) => `#!/bin/sh
{
  echo "$*"
  for name in $(env | sed -n 's/^\\([A-Z_]*\\(OPENROUTER\\|ANTHROPIC\\|COPILOT_\\|CLINE_\\|_CONFIG_CONTENT\\)[A-Z_]*\\)=.*/\\1/p'); do
    printf '%s=%s\\n' "$name" "$(printenv "$name" | tr -d '\\n' | sha256sum | cut -d ' ' -f 1)"
  done
} > '${record}.part'
mv '${record}.part' '${record}'
`;
