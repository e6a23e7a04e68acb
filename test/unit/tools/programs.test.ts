import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findPrograms, searchPath } from "../../../src/tools/programs";

const folder = mkdtempSync(join(tmpdir(), "programs-"));
const { PATH } = process.env;
after(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

test("finds what can be run, and nothing else", { skip: process.platform === "win32" }, async () => {
  const here = ["first", "second"].map((name) => join(folder, name));
  for (const path of here) mkdirSync(path);
  const [first = "", second = ""] = here;
  writeFileSync(join(first, "notes"), "");
  writeFileSync(join(second, "claude"), "");
  chmodSync(join(second, "claude"), 0o755);
  mkdirSync(join(first, "codex")); // a folder, which can be "run" as well
  process.env.PATH = ["", join(folder, "missing"), ...here].join(":");
  assert.deepEqual(await findPrograms(["claude", "codex", "notes"]), new Set(["claude"]));
});

test("without a PATH there are no programs", async () => {
  delete process.env.PATH;
  assert.deepEqual(await findPrograms(["claude"]), new Set());
});

test("a folder that doesn't answer, such as one on a network, keeps nobody waiting", async (t) => {
  t.mock.method(promises, "stat", () => new Promise(() => {}));
  t.mock.method(promises, "access", () => new Promise(() => {}));
  syncBuiltinESMExports();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  process.env.PATH = folder;
  const found = findPrograms(["claude"]);
  const ticking = setInterval(() => t.mock.timers.tick(1000));
  try {
    assert.equal(await found, undefined);
  } finally {
    clearInterval(ticking);
    t.mock.restoreAll();
    syncBuiltinESMExports();
  }
});

test("Windows has other separators, and endings", () => {
  assert.deepEqual(searchPath({ platform: "win32", env: { PATH: "C:\\a;;C:\\b", PATHEXT: ".EXE;.CMD" } }), {
    folders: ["C:\\a", "C:\\b"],
    endings: [".EXE", ".CMD"],
  });
  assert.deepEqual(searchPath({ platform: "win32", env: {} }).endings, [".COM", ".EXE", ".BAT", ".CMD"]);
  assert.deepEqual(searchPath({ platform: "linux", env: { PATH: "/a:/b", PATHEXT: ".EXE" } }), {
    folders: ["/a", "/b"],
    endings: [""],
  });
});
