/** As much of `node:os` as the export uses: `src/` is compiled without Node's types. */
declare module "node:os" {
  export function homedir(): string;
}
