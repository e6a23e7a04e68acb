/** As much of `node:fs/promises` as reading files uses: `src/` is compiled without Node's types. */
declare module "node:fs/promises" {
  export function readdir(path: string): Promise<string[]>;
  export function readFile(path: string): Promise<Uint8Array>;
}
