import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { handOverEnvironment } from "../../../src/terminal/environmentHandover";
import type { Launch } from "../../../src/terminal/launch";
import { anyText } from "../arbitraries";

const secrets = {
  OPENROUTER_API_KEY: "sk-or-v1-secret",
  OPENROUTER_BASE_URL: "https://openrouter.ai/api/v1",
};
const texts = { note: "The note", failure: "It isn't there: the failure" };
const print = "console.log(JSON.stringify([process.env, process.argv.slice(1)]))";
/** What stands in for a shell: Node, which prints its environment and arguments. */
const shell = { path: process.execPath, args: ["-e", print, "an 'argument'", ""] };
const onWindows = process.platform === "win32";

async function handOver(t: TestContext, environment: Record<string, string> = secrets, program = shell) {
  const closed = new AbortController();
  t.after(() => closed.abort());
  const options = await handOverEnvironment(
    environment,
    program,
    "dist/terminal/launcher.js",
    texts,
    closed.signal,
  );
  return { options, close: () => closed.abort() };
}
type Options = Awaited<ReturnType<typeof handOver>>["options"];

/** Starts what VS Code would start. */
const start = ({ shellPath, shellArgs, env }: Options, more: Record<string, string> = {}) =>
  new Promise<{ code: unknown; env: Record<string, string>; args: string[]; errors: string }>((resolve) => {
    const child = execFile(
      shellPath,
      shellArgs,
      { env: { ...process.env, ...more, ...env } },
      (error, output, errors) => {
        const [found, args] = output === "" ? [{}, []] : JSON.parse(output);
        resolve({ code: error?.code ?? 0, env: found, args, errors });
      },
    );
    child.stdin?.end();
  });

/** What the launcher is told: in the script, or on Windows in its argument. */
function launchIn({ shellPath, shellArgs }: Options): Launch {
  const text = onWindows ? shellArgs[1] : /'(\{.*\})'/.exec(readFileSync(shellPath, "utf8"))?.[1];
  return JSON.parse(text?.replaceAll(`'\\''`, "'") ?? "");
}

/** Connects as someone else and sends this. Returns what came back. */
const receive = (path: string, sent: string) =>
  new Promise<string>((resolve) => {
    let received = "";
    const socket = connect(path);
    socket.on("data", (data) => {
      received += data;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(received));
    socket.write(sent);
  });

test("the shell gets the environment, the options contain nothing of it", async (t) => {
  const { options } = await handOver(t);
  const given = JSON.stringify(options) + (onWindows ? "" : readFileSync(options.shellPath, "utf8"));
  for (const secret of Object.values(secrets)) assert.ok(!given.includes(secret));
  const inherited = { OPENROUTER_BASE_URL: "https://other.example", NODE_OPTIONS: "", OTHER: "kept" };
  const { code, env, args, errors } = await start(options, inherited);
  assert.equal(code, 0, errors);
  assert.deepEqual(args, shell.args.slice(2));
  for (const [name, value] of Object.entries({ ...inherited, ...secrets })) assert.equal(env[name], value);
  for (const name of ["ELECTRON_RUN_AS_NODE", "__connect_openrouter"]) assert.equal(env[name], undefined);
  assert.equal(errors.trim(), texts.note);
});

test("whatever characters it contains, the environment arrives unchanged", async (t) => {
  const value = anyText({ maxLength: 50 }).filter((text) => !/[\0\r]/.test(text));
  await fc.assert(
    fc.asyncProperty(value, async (text) => {
      const { options } = await handOver(t, { TEXT: text });
      assert.equal((await start(options)).env.TEXT, text);
    }),
    { numRuns: 10, examples: [["'$(exit 1)'\n`\\\" "]] },
  );
});

test("only one client gets it, and the launcher says so when it comes too late", async (t) => {
  const { options } = await handOver(t);
  const { path, token } = launchIn(options);
  const [first, second] = [receive(path, `${token}\n`), receive(path, `${token}\n`)];
  assert.deepEqual([await first, await second].sort(), ["", JSON.stringify(secrets)]);
  const launch = JSON.stringify({ path, token, ...texts });
  const late = await start({ shellPath: process.execPath, shellArgs: ["dist/terminal/launcher.js", launch] });
  assert.deepEqual([late.code, late.errors.trim()], [1, texts.failure]);
});

test("a client without the token gets nothing, and takes nothing away", async (t) => {
  const { options } = await handOver(t);
  const { path, token } = launchIn(options);
  for (const wrong of ["\n", `${token.slice(1)}\n`, `${token} \n`, `${token}\n\n`]) {
    assert.equal(await receive(path, wrong), "", wrong);
  }
  assert.equal((await start(options)).env.OPENROUTER_API_KEY, secrets.OPENROUTER_API_KEY);
});

test("after the time, or when the window closes, nothing listens and nothing is left", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (const end of [() => t.mock.timers.tick(30_000), undefined]) {
    const { options, close } = await handOver(t);
    const { path, token } = launchIn(options);
    const waiting = receive(path, token); // holds a connection open
    assert.equal(await receive(path, "\n"), ""); // so that the server knows of the one before
    (end ?? close)();
    assert.equal(await waiting, "");
    assert.equal(await receive(path, `${token}\n`), "");
    if (!onWindows) assert.ok(!existsSync(dirname(path)));
  }
});

test("after use, nothing listens and nothing is left", async (t) => {
  const { options } = await handOver(t);
  const { path, token } = launchIn(options);
  await start(options);
  assert.equal(await receive(path, `${token}\n`), "");
  if (!onWindows) assert.ok(!existsSync(dirname(path)));
});

test("with VS Code's shell integration, start-up files don't win, and nothing is said", async (t) => {
  if (onWindows) return t.skip("there is none");
  const { options } = await handOver(t);
  const integration = { VSCODE_INJECTION: "1", VSCODE_ENV_REPLACE: "A=a" };
  const { env, errors } = await start(options, integration);
  assert.equal(
    env.VSCODE_ENV_REPLACE,
    "A=a:OPENROUTER_API_KEY=sk-or-v1-secret:OPENROUTER_BASE_URL=https\\x3a//openrouter.ai/api/v1",
  );
  assert.equal(errors, "");
});

test("options for Node are for what runs in the shell, not for the launcher", async (t) => {
  if (onWindows) return t.skip("VS Code starts the launcher itself");
  const sh = { path: "/bin/sh", args: ["-c", `printf '[{"NODE_OPTIONS":"%s"},[]]' "$NODE_OPTIONS"`] };
  const { options } = await handOver(t, secrets, sh);
  const NODE_OPTIONS = "--require=/nowhere";
  assert.deepEqual((await start(options, { NODE_OPTIONS })).env, { NODE_OPTIONS });
});

test("a program that can't be replaced is started, with its variables for WSL", async (t) => {
  const { options } = await handOver(t);
  const launch = JSON.stringify({ ...launchIn(options), command: [shell.path, ...shell.args] });
  const { env, args } = await start(
    { shellPath: process.execPath, shellArgs: ["dist/terminal/launcher.js", launch] },
    { ELECTRON_RUN_AS_NODE: "1", WSLENV: "A/p" },
  );
  assert.deepEqual(args, shell.args.slice(2));
  assert.equal(env.OPENROUTER_API_KEY, secrets.OPENROUTER_API_KEY);
  assert.equal(env.WSLENV, "A/p:OPENROUTER_API_KEY:OPENROUTER_BASE_URL");
  assert.equal(env.ELECTRON_RUN_AS_NODE, undefined);
});

test("the script is named like the shell, which VS Code integrates by its name, and only for this user", async (t) => {
  if (onWindows) return t.skip("there is no script");
  const { options } = await handOver(t);
  assert.match(options.shellPath, /\/node$/);
  assert.equal(statSync(dirname(options.shellPath)).mode & 0o777, 0o700);
  assert.equal(statSync(options.shellPath).mode & 0o077 & ~0o055, 0);
});

/** Has temporary files in a folder of the test's own, or in one in that. */
function temporaryFolder(t: TestContext, within = ""): string {
  const { TMPDIR } = process.env;
  const own = mkdtempSync(join(tmpdir(), "handover-"));
  t.after(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(own, { recursive: true });
  });
  const folder = join(own, within);
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  return folder;
}

test("the socket is in the temporary folder", async (t) => {
  if (onWindows) return t.skip("a pipe is in no folder");
  const folder = temporaryFolder(t);
  const { path, token } = launchIn((await handOver(t)).options);
  assert.equal(dirname(dirname(path)), folder);
  assert.match(token, /^[\da-f]{64}$/);
});

test("the socket is elsewhere if its path would be too long", async (t) => {
  if (onWindows) return t.skip("a pipe is in no folder");
  temporaryFolder(t, "long".repeat(20));
  const { options } = await handOver(t);
  assert.equal(dirname(dirname(launchIn(options).path)), "/tmp");
  assert.equal((await start(options)).env.OPENROUTER_API_KEY, secrets.OPENROUTER_API_KEY);
});

test("where it fails, nothing is left", async (t) => {
  if (onWindows) return t.skip("there is no folder");
  const folder = temporaryFolder(t);
  await assert.rejects(handOver(t, secrets, { path: "/no/name/", args: [] }));
  assert.deepEqual(readdirSync(folder), []);
});

test("where no program may be run from the temporary folder, sh reads the script", async (t) => {
  if (onWindows) return t.skip("there is no script");
  t.mock.method(promises, "access", () => Promise.reject(new Error("noexec")));
  syncBuiltinESMExports();
  const { options } = await handOver(t);
  t.mock.restoreAll();
  syncBuiltinESMExports();
  assert.equal(options.shellPath, "/bin/sh");
  const { env, args } = await start(options);
  assert.equal(env.OPENROUTER_API_KEY, secrets.OPENROUTER_API_KEY);
  assert.deepEqual(args, shell.args.slice(2));
});
