import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileSystemError, Uri, workspace } from "vscode";
import { fileReads } from "../../../src/vscode/models/fileReads";
import { modelFiles } from "../../../src/vscode/models/modelFiles";

describe("The files of lists of models", () => {
  let storage: string;
  const open = () => modelFiles(Uri.file(storage));

  const reads = fileReads(Uri.file("/"));

  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), "connect-openrouter-"));
  });
  afterEach(() => rmSync(storage, { recursive: true, force: true }));

  it("aren't there at first, and neither is their folder", async () => {
    deepEqual(await open().list(), []);
    equal(await open().read("a.json"), undefined);
    await open().delete("a.json");
  });

  it("are written, replaced, read, and deleted, with nothing left beside them", async () => {
    await open().write("a.json", "first");
    await open().write("a.json", "zweitens: größer");
    equal(await open().read("a.json"), "zweitens: größer");
    deepEqual(await open().list(), ["a.json"]);
    await open().delete("a.json");
    deepEqual(readdirSync(join(storage, "models")), []);
  });

  it("are there with a whole text while they are replaced", async () => {
    const texts = ["a", "b", "c"].map((text) => text.repeat(500_000));
    await open().write("a.json", texts[0] ?? "");
    let writes = 0;
    const write = async () => {
      for (const text of texts) await open().write("a.json", text);
      writes++;
    };
    const all = Promise.all([write(), write()]);
    while (writes < 2) {
      const text = (await open().read("a.json")) ?? "";
      equal(texts.includes(text), true, `${text.length} characters`);
      await new Promise(setImmediate); // the reads let nothing else have its turn
    }
    await all;
    equal(await open().read("a.json"), texts.at(-1));
    await open().write("a.json", "one");
    equal(readdirSync(join(storage, "models")).length, 1);
  });

  it("are read again where another window replaced them at that moment", async () => {
    await open().write("a.json", "old");
    let count = 0;
    const files = modelFiles(Uri.file(storage), {
      ...reads,
      async readFile(uri) {
        if (count++ === 0) await open().write("a.json", "new");
        return reads.readFile(uri);
      },
    });
    equal(await files.read("a.json"), "new");
    equal(count, 2);
  });

  it("are the newest of those that two windows wrote at once", async () => {
    await open().write("a.json", "first");
    for (const time of [1, 2, 3]) writeFileSync(join(storage, "models", `a.json+2${time}-1`), `${time}`);
    const inOrder = reads.readDirectory;
    const reversed: typeof inOrder = async (uri) => (await inOrder(uri)).toReversed();
    for (const readDirectory of [inOrder, reversed])
      equal(await modelFiles(Uri.file(storage), { ...reads, readDirectory }).read("a.json"), "3");
  });

  it("don't keep what a window left that was closed while it wrote", async () => {
    await open().write("a.json", "text");
    const folder = join(storage, "models");
    for (const age of [0, 120_000]) writeFileSync(join(folder, `+${Date.now() - age}-1`), "te");
    deepEqual(await open().list(), ["a.json"]);
    await open().write("a.json", "text");
    equal(readdirSync(folder).length, 2, "what may still be written stays");
  });

  it("are read by VS Code as by Node, which reads where VS Code's window has no turn to wait for", async () => {
    equal(fileReads(Uri.parse("vscode-userdata:/a")), workspace.fs);
    ok(reads !== workspace.fs);
    await open().write("a.json", "größer");
    const [file] = readdirSync(join(storage, "models"));
    for (const way of [reads, workspace.fs]) {
      const files = modelFiles(Uri.file(storage), way);
      deepEqual([await files.list(), await files.read("a.json")], [["a.json"], "größer"]);
      const missing = (error: unknown) => error instanceof FileSystemError && error.code === "FileNotFound";
      await rejects(async () => way.readFile(Uri.file(join(storage, "gone"))), missing);
      await rejects(async () => way.readDirectory(Uri.file(join(storage, "gone"))), missing);
      await rejects(
        async () => way.readDirectory(Uri.file(join(storage, "models", file ?? ""))),
        (error) => !missing(error),
      );
    }
  });

  it("reject what fails for another reason than that they are missing", async () => {
    writeFileSync(join(storage, "models"), "a file in place of the folder");
    await rejects(open().write("a.json", "text"));
    await rejects(open().list());
  });
});
