import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Uri } from "vscode";
import type { LedgerFiles } from "../../../src/spending/ledgerFiles";
import { ledgerFolder, vscodeLedgerFiles } from "../../../src/vscode/spending/ledgerFolder";

let storage: string;
const folder = () => join(storage, "spending");

beforeEach(() => {
  storage = mkdtempSync(join(tmpdir(), "connect-openrouter-"));
});
afterEach(() => rmSync(storage, { recursive: true, force: true }));

const ways: Record<string, () => LedgerFiles> = {
  "by Node": () => ledgerFolder(Uri.file(storage)),
  "by VS Code, as in a web worker": () => vscodeLedgerFiles(Uri.file(folder())),
};
for (const [name, open] of Object.entries(ways)) {
  describe(`The files of the ledger, ${name}`, () => {
    it("aren't there at first, and neither is their folder", async () => {
      deepEqual(await open().list(), []);
      equal(await open().read("a"), undefined);
      equal(await open().delete("a"), false);
      equal(readdirSync(storage).length, 0);
    });

    it("are created, read, and deleted", async () => {
      await open().create("a", "größer");
      await open().create("b", "");
      equal(await open().read("a"), "größer");
      equal(await open().read("b"), "");
      deepEqual([...(await open().list())].sort(), ["a", "b"]);
      equal(await open().delete("a"), true);
      equal(await open().delete("a"), false);
      deepEqual(readdirSync(folder()), ["b"]);
    });

    it("are there with a whole text or not at all", async () => {
      const text = "x".repeat(2_000_000);
      let isDone = false;
      const created = open()
        .create("a", text)
        .finally(() => {
          isDone = true;
        });
      while (!isDone) {
        const found = await open().read("a");
        ok(found === undefined || found === text, `${found?.length}`);
        await new Promise(setImmediate); // the reads let nothing else have its turn
      }
      await created;
      equal(await open().read("a"), text);
    });

    it("are claimed once", async () => {
      equal(await open().claim("c"), true);
      equal(await open().claim("c"), false);
      equal(await open().delete("c"), true);
      equal(await open().claim("c"), true);
    });
  });
}
