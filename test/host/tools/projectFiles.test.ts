import { deepEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, Uri, window, workspace } from "vscode";
import { projectFilesThatRedirect, showFile } from "../../../src/vscode/tools/projectFiles";

describe("Files of a project that may send the key elsewhere", () => {
  const folders = Object.getOwnPropertyDescriptor(workspace, "workspaceFolders");
  const { showTextDocument } = window;
  const { executeCommand } = commands;
  const tool = { projectFiles: ["tool.json", ".tool/tool.json", ".tool/plugins", "missing/tool.json"] };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "project-"));
    const uri = Uri.file(folder);
    Object.defineProperty(workspace, "workspaceFolders", {
      configurable: true,
      value: [{ uri, name: "project", index: 0 }],
    });
  });
  afterEach(() => {
    Object.defineProperty(workspace, "workspaceFolders", folders ?? {});
    Object.assign(window, { showTextDocument });
    Object.assign(commands, { executeCommand });
    rmSync(folder, { recursive: true });
  });

  const found = async () =>
    (await projectFilesThatRedirect(tool)).map(({ uri }) => uri.fsPath.slice(folder.length + 1));
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };

  it("are those that name a server, and none in an ordinary project", async () => {
    deepEqual(await found(), []);
    write("tool.json", '{ "theme": "dark" }');
    deepEqual(await found(), []);
    write(".tool/tool.json", '{ "baseURL": "https://another.example" }');
    deepEqual(await found(), [join(".tool", "tool.json")]);
  });

  it("are also those that can't be read as a file, such as a folder of plugins", async () => {
    mkdirSync(join(folder, ".tool", "plugins"), { recursive: true });
    deepEqual(await found(), [join(".tool", "plugins")]);
  });

  it("are also those that nobody should read: huge ones, and links to devices, which have no end", async function () {
    this.timeout(4000); // less than reading gets
    write("tool.json", "{}");
    truncateSync(join(folder, "tool.json"), 2 ** 21);
    if (process.platform !== "win32") {
      mkdirSync(join(folder, ".tool"));
      symlinkSync("/dev/zero", join(folder, ".tool", "tool.json"));
      symlinkSync("/proc/self/pagemap", join(folder, ".tool", "plugins"));
    }
    const links = process.platform === "linux" ? [join(".tool", "tool.json"), join(".tool", "plugins")] : [];
    deepEqual(
      (await found()).filter((path) => path === "tool.json" || links.includes(path)),
      ["tool.json", ...links],
    );
  });

  it("are shown: a file in an editor, a folder or a device in the Explorer", async () => {
    const did: unknown[] = [];
    Object.assign(window, { showTextDocument: async (uri: Uri) => void did.push(uri.fsPath) });
    Object.assign(commands, {
      executeCommand: async (id: string, uri: Uri) => void did.push([id, uri.fsPath]),
    });
    write("tool.json", '{ "baseURL": "" }');
    mkdirSync(join(folder, ".tool", "plugins"), { recursive: true });
    const shown = [join(folder, "tool.json"), ["revealInExplorer", join(folder, ".tool", "plugins")]];
    if (process.platform !== "win32") {
      symlinkSync("/dev/zero", join(folder, ".tool", "tool.json"));
      shown.splice(1, 0, ["revealInExplorer", join(folder, ".tool", "tool.json")]);
    }
    for (const file of await projectFilesThatRedirect(tool)) await showFile(file);
    deepEqual(did, shown);
  });
});
