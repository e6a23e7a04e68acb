import { deepEqual, equal, rejects } from "node:assert/strict";
import { type LogOutputChannel, TerminalProfile, window } from "vscode";
import { commandIds } from "../../src/commandIds";
import { commandRunner } from "../../src/commands";
import { LazyBundle } from "../../src/lazyBundle";
import { terminalProfile } from "../../src/vscode/tools/terminalProfile";

describe("A bundle that can't be loaded", () => {
  const { showErrorMessage } = window;
  let shown: string[];
  let logged: string[];
  const log = { error: (text: string) => logged.push(text) } as unknown as LogOutputChannel;
  const fails = () => {
    throw new Error("Cannot find module");
  };

  beforeEach(() => {
    [shown, logged] = [[], []];
    Object.assign(window, { showErrorMessage: async (message: string) => void shown.push(message) });
  });
  afterEach(() => {
    Object.assign(window, { showErrorMessage });
  });

  const message = "Something went wrong. Try again, or see the log for details.";

  it("is reported by each command that needs it", async () => {
    const nothing = {} as never;
    const run = commandRunner(
      ...([nothing, nothing, nothing] as const),
      new LazyBundle<never>(fails),
      new LazyBundle<never>(fails),
      log,
    );
    const ids = [
      ...[commandIds.openTerminal, commandIds.setUpTool, commandIds.chooseModels, commandIds.chatWithModels],
      ...[commandIds.manageModelAccess, commandIds.showSpending, commandIds.exportSpending],
      commandIds.clearSpendingHistory,
    ];
    for (const id of ids) await run(id);
    deepEqual(
      shown,
      ids.map(() => message),
    );
    equal(logged.length, ids.length);
  });

  it("is reported where VS Code asks for the terminal profile, and VS Code shows nothing more", async () => {
    await rejects(terminalProfile(fails, log), { message: "" });
    deepEqual(shown, [message]);
    const profile = new TerminalProfile({});
    equal(await terminalProfile(async () => profile, log), profile);
    await rejects(
      terminalProfile(async () => undefined, log),
      { message: "" },
    );
    equal(shown.length, 1, "a cancel is silent");
  });
});
