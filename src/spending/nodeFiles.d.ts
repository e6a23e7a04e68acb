/** As much of `node:fs` as the ledger uses: `src/` is compiled without Node's types. */
declare module "node:fs" {
  export function mkdirSync(path: string, options: { recursive: true }): void;
  export function writeFileSync(path: string, text: string, options?: { flag: "wx" }): void;
  export function renameSync(from: string, to: string): void;
  export function unlinkSync(path: string): void;
}
