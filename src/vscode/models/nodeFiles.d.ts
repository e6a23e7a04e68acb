/** As much of `node:fs` as reading files uses: `src/` is compiled without Node's types. */
declare module "node:fs" {
  export function readdirSync(path: string): string[];
  export function readFileSync(path: string): Uint8Array;
}
