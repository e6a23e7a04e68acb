import { deepEqual } from "node:assert/strict";
import { EventEmitter, type Terminal, type TerminalOptions, Uri, window } from "vscode";
import { presentTerminal } from "../../../src/vscode/tools/presentTerminal";

describe("The command in a new terminal", () => {
  const { onDidOpenTerminal, onDidChangeTerminalShellIntegration, onDidCloseTerminal } = window;
  const options: TerminalOptions = {};
  let changed: EventEmitter<{ terminal: Terminal; shellIntegration: { cwd?: Uri } }>;
  let typed: string[];
  let timeUp: (() => void)[];
  let terminal: Terminal;

  beforeEach(() => {
    changed = new EventEmitter();
    [typed, timeUp] = [[], []];
    terminal = {
      creationOptions: options,
      sendText: (text: string, isRun: boolean) => typed.push(`${text} ${isRun ? "runs" : "waits"}`),
    } as unknown as Terminal;
    Object.assign(window, {
      onDidOpenTerminal: new EventEmitter().event,
      onDidChangeTerminalShellIntegration: changed.event,
      onDidCloseTerminal: new EventEmitter().event,
    });
    withoutClock(() => presentTerminal(options, "claude", new AbortController().signal));
  });
  afterEach(() => {
    Object.assign(window, { onDidOpenTerminal, onDidChangeTerminalShellIntegration, onDidCloseTerminal });
  });

  /** Only for this long, since VS Code sets timers as well. */
  function withoutClock(run: () => void): void {
    const { setTimeout } = globalThis;
    Object.assign(globalThis, { setTimeout: (end: () => void) => timeUp.push(end) });
    try {
      run();
    } finally {
      Object.assign(globalThis, { setTimeout });
    }
  }
  const change = (of: Terminal, cwd?: Uri) =>
    withoutClock(() => changed.fire({ terminal: of, shellIntegration: cwd ? { cwd } : {} }));

  it("is typed once, when the shell names its folder before its prompt", () => {
    change(terminal);
    deepEqual(typed, []);
    for (let i = 0; i < 2; i++) change(terminal, Uri.file("/"));
    deepEqual(typed, ["claude waits"]);
  });

  it("is typed a moment later where the shell names no folder", () => {
    for (let i = 0; i < 2; i++) change(terminal);
    deepEqual([typed, timeUp.length], [[], 2]);
    timeUp[1]?.();
    deepEqual(typed, ["claude waits"]);
  });

  it("is typed in no other terminal", () => {
    change({ ...terminal, creationOptions: {} }, Uri.file("/"));
    deepEqual([typed, timeUp.length], [[], 1]);
  });
});
