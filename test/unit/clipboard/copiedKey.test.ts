import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type TestContext, test } from "node:test";
import { CopiedKey } from "../../../src/clipboard/copiedKey";
import { FakeClock } from "../../fakes/clock";
import { recordLog } from "../../fakes/editor";
import { settle } from "../../fakes/windows";

const key = "sk-or-v1-0123456789abcdef0123456789abcdef";
const second = 1000;

/** A computer with one clipboard, and an editor with several windows. */
function startEditor(context: TestContext, { inBrowser = false } = {}) {
  const clock = new FakeClock();
  clock.install();
  context.after(() => clock.uninstall());
  // Hashes in threads of its own otherwise, which nothing here could wait for.
  context.mock.method(crypto.subtle, "digest", async (_: string, data: Uint8Array) =>
    Uint8Array.from(createHash("sha256").update(data).digest()),
  );
  const state = new Map<string, unknown>();
  const { log, lines } = recordLog();
  const world = {
    clock,
    state,
    logged: lines,
    clipboard: "",
    /** How often the clipboard was read. */
    reads: 0,
    /** How often the user was told that the key may still be there. */
    shown: 0,
    /** What reading does. A browser without permission reads nothing. */
    read: async () => world.clipboard,
    write: async (text: string) => {
      world.clipboard = text;
    },
    /** Reading waits until the test says how it ends. */
    delayReading() {
      const end = { resolve: (_: string) => {}, reject: (_: Error) => {} };
      world.read = () =>
        new Promise((resolve, reject) => {
          Object.assign(end, { resolve, reject });
        });
      return end;
    },
    async pass(milliseconds: number) {
      clock.advance(milliseconds);
      await settle();
    },
    open(isFocused = true) {
      const window: { isFocused: boolean; copied: CopiedKey; focus(focused: boolean): Promise<void> } = {
        isFocused,
        async focus(focused: boolean) {
          window.isFocused = focused;
          if (focused) window.copied.check();
          await settle();
        },
        copied: new CopiedKey(
          {
            get: (name: string) => structuredClone(state.get(name)) as undefined,
            update: async (name: string, value: unknown) =>
              void (value === undefined ? state.delete(name) : state.set(name, structuredClone(value))),
          },
          {
            readText: () => {
              world.reads++;
              return world.read();
            },
            writeText: (text) => world.write(text),
            clear: () => world.write(""),
            inBrowser,
            isFocused: () => window.isFocused,
            now: () => 1_000_000 + clock.now,
            showNotCleared: () => void world.shown++,
            log,
          },
        ),
      };
      context.after(() => window.copied.dispose());
      window.copied.check(); // as the services do
      return window;
    },
  };
  return world;
}

for (const inBrowser of [false, true]) {
  const where = inBrowser ? "in a browser" : "on the desktop";

  test(`${where}, the clipboard is cleared 60 seconds after a key was copied, and not before`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const { copied } = world.open();
    await copied.copy(key);
    assert.equal(world.clipboard, key);
    await world.pass(60 * second - 1);
    assert.equal(world.clipboard, key);
    assert.equal(world.reads, 0, "the clipboard isn't read without need");
    await world.pass(1);
    assert.equal(world.clipboard, "");
    assert.equal(world.state.size, 0);
    assert.equal(world.shown, 0);
    assert.equal(world.clock.pending(), 0);
  });

  test(`${where}, what the user copied in the meantime stays`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const { copied } = world.open();
    await copied.copy(key);
    world.clipboard = `${key} and more`;
    await world.pass(60 * second);
    assert.equal(world.clipboard, `${key} and more`);
    assert.equal(world.state.size, 0, "there is nothing left to clear");
    world.clipboard = key; // copied from elsewhere: not ours to clear
    await world.pass(60 * second);
    assert.equal(world.clipboard, key);
  });

  test(`${where}, another window clears the clipboard if the first one has ended`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const first = world.open();
    world.read = () => new Promise(() => {}); // an ending window gets no answer
    await first.copied.copy(key);
    first.copied.dispose();
    assert.equal(world.clock.pending(), 0);
    await world.pass(20 * second);
    world.read = async () => world.clipboard;
    world.open();
    await world.pass(40 * second - 1);
    assert.equal(world.clipboard, key);
    await world.pass(1);
    assert.equal(world.clipboard, "");
    assert.equal(world.state.size, 0);
  });

  test(`${where}, the clipboard is cleared as the editor starts if more than 60 seconds have passed`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const first = world.open();
    world.read = () => new Promise(() => {});
    await first.copied.copy(key);
    first.copied.dispose();
    await world.pass(3600 * second);
    world.read = async () => world.clipboard;
    world.open();
    await settle();
    assert.equal(world.clipboard, "");
  });

  test(`${where}, a window that is closed clears the clipboard at once`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const first = world.open();
    const other = world.open(false);
    await first.copied.copy(key);
    other.copied.dispose();
    await settle();
    assert.equal(world.clipboard, key, "the other window didn't copy it");
    first.copied.dispose();
    await settle();
    assert.equal(world.clipboard, "");
    assert.equal(world.clock.pending(), 0);
  });

  test(`${where}, a key that is copied again stays for its own 60 seconds`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const [first, other] = [world.open(), world.open()];
    await first.copied.copy(key);
    await first.focus(true);
    assert.equal(world.clock.pending(), 1);
    await world.pass(40 * second);
    await other.copied.copy(key);
    await world.pass(60 * second - 1);
    assert.equal(world.clipboard, key);
    await world.pass(1);
    assert.equal(world.clipboard, "");
  });

  test(`${where}, a key that is copied while the clipboard is read isn't cleared with the one before`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const { copied } = world.open();
    await copied.copy(key);
    const reading = world.delayReading();
    await world.pass(60 * second);
    await copied.copy(`${key}2`);
    world.read = async () => world.clipboard;
    reading.resolve(key);
    await settle();
    assert.equal(world.clipboard, `${key}2`);
    await world.pass(60 * second);
    assert.equal(world.clipboard, "");
  });

  test(`${where}, a key that is copied while the clipboard is read is cleared, however long that takes`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const { copied } = world.open();
    await copied.copy(key);
    const reading = world.delayReading();
    await world.pass(60 * second);
    await copied.copy(`${key}2`);
    await world.pass(60 * second);
    assert.equal(world.clipboard, `${key}2`);
    world.read = async () => world.clipboard;
    reading.resolve(key);
    await settle();
    assert.equal(world.clipboard, "");
  });

  test(`${where}, a clipboard that can't be read is shown once, and cleared if it can be read after all`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const window = world.open();
    await window.copied.copy(key);
    const reading = world.delayReading();
    await world.pass(60 * second);
    await window.focus(true);
    await world.pass(10 * second - 1);
    assert.equal(world.shown, 0);
    await world.pass(1);
    assert.equal(world.shown, 1);
    await window.focus(true);
    assert.equal(world.reads, 1);
    reading.resolve(world.clipboard); // the user has answered the browser's question
    await settle();
    assert.equal(world.clipboard, "");
    assert.deepEqual([world.shown, world.state.size], [1, 0]);
  });

  test(`${where}, what fails after it was shown isn't shown again`, async (context) => {
    const world = startEditor(context, { inBrowser });
    await world.open().copied.copy(key);
    const reading = world.delayReading();
    await world.pass(60 * second);
    await world.pass(10 * second);
    reading.reject(new Error("Denied"));
    await settle();
    assert.equal(world.shown, 1);
  });

  test(`${where}, a window that is closed leaves no timer, and shows nothing more`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const [reading, waiting] = [world.open(), world.open()];
    world.read = () => new Promise(() => {});
    await reading.copied.copy(key);
    await world.pass(60 * second);
    assert.equal(world.reads, 1);
    reading.copied.dispose();
    assert.equal(world.clock.pending(), 0);
    world.read = () => Promise.reject(new Error("Closed"));
    await waiting.copied.copy(key);
    assert.equal(world.clock.pending(), 1);
    waiting.copied.dispose();
    await waiting.focus(true);
    assert.equal(world.clock.pending(), 0);
    assert.deepEqual([world.shown, world.logged], [0, []]);
  });

  test(`${where}, an error while clearing is logged and shown, without the key`, async (context) => {
    const world = startEditor(context, { inBrowser });
    const { copied } = world.open();
    await copied.copy(key);
    world.write = async () => {
      throw new Error(`Can't write ${key}`);
    };
    await world.pass(60 * second);
    assert.equal(world.shown, 1);
    assert.match(world.logged.join(), /Can't clear the clipboard/);
    assert.ok(!world.logged.join().includes(key));
  });
}

test("a clipboard that stays as it is, without an error, is shown", async (context) => {
  const world = startEditor(context, { inBrowser: true });
  const { copied } = world.open();
  await copied.copy(key);
  world.write = async () => {};
  await world.pass(60 * second);
  assert.deepEqual([world.shown, world.state.size], [1, 0]);
});

test("the key itself is never kept, only its hash", async (context) => {
  const world = startEditor(context);
  await world.open().copied.copy(key);
  assert.ok(world.state.size > 0);
  assert.ok(!JSON.stringify([...world.state]).includes(key.slice(9, 25)));
});

test("a key that can't be copied is the caller's error, and leaves nothing behind", async (context) => {
  const world = startEditor(context);
  const { copied } = world.open();
  world.write = () => Promise.reject(new Error("No clipboard"));
  await assert.rejects(copied.copy(key), { message: "No clipboard" });
  copied.check();
  await world.pass(60 * second);
  assert.deepEqual([world.state.size, world.shown], [0, 0]);
});

test("in a browser, a tab in the background waits for the focus, without reading", async (context) => {
  const world = startEditor(context, { inBrowser: true });
  const window = world.open();
  await window.copied.copy(key);
  await window.focus(false);
  await world.pass(300 * second);
  assert.equal(world.reads, 0, "VS Code would show an error");
  assert.equal(world.clipboard, key);
  await window.focus(true);
  assert.equal(world.clipboard, "");
  assert.equal(world.shown, 0);
});

test("in a browser, whichever window gets the focus clears the clipboard", async (context) => {
  const world = startEditor(context, { inBrowser: true });
  const [first, other] = [world.open(), world.open(false)];
  await first.copied.copy(key);
  await first.focus(false);
  await world.pass(60 * second);
  await other.focus(true);
  assert.equal(world.clipboard, "");
});

test("in a browser without permission, the user is told, once", async (context) => {
  const world = startEditor(context, { inBrowser: true });
  const [window, other] = [world.open(), world.open(false)];
  await window.copied.copy(key);
  world.read = async () => "";
  await world.pass(60 * second);
  assert.deepEqual([world.shown, world.state.size, world.clipboard], [1, 0, key]);
  for (const { focus } of [window, other]) await focus(true);
  assert.equal(world.shown, 1);
});

test("in a browser that takes the focus while the clipboard is read, it's tried again", async (context) => {
  const world = startEditor(context, { inBrowser: true });
  const window = world.open();
  await window.copied.copy(key);
  world.read = async () => {
    window.isFocused = false;
    return "";
  };
  await world.pass(60 * second);
  assert.deepEqual([world.shown, world.clipboard], [0, key]);
  world.read = async () => world.clipboard;
  await window.focus(true);
  assert.equal(world.clipboard, "");
});

test("on a desktop that hides the clipboard without the focus, as Wayland does, it's tried again", async (context) => {
  const world = startEditor(context);
  const window = world.open();
  await window.copied.copy(key);
  await window.focus(false);
  world.read = async () => (window.isFocused ? world.clipboard : "");
  await world.pass(60 * second);
  assert.deepEqual([world.shown, world.clipboard], [0, key]);
  await window.focus(true);
  assert.deepEqual([world.shown, world.clipboard, world.state.size], [0, "", 0]);
});

test("on the desktop, a clipboard without text is no reason for a message", async (context) => {
  const world = startEditor(context);
  await world.open().copied.copy(key);
  world.clipboard = "";
  await world.pass(60 * second);
  assert.deepEqual([world.shown, world.state.size], [0, 0]);
});

test("an error without the focus is tried again with it", async (context) => {
  const world = startEditor(context);
  const window = world.open();
  await window.copied.copy(key);
  await window.focus(false);
  world.read = () => Promise.reject(new Error("No clipboard"));
  await world.pass(60 * second);
  assert.deepEqual([world.shown, world.clipboard], [0, key]);
  world.read = async () => world.clipboard;
  await window.focus(true);
  assert.equal(world.clipboard, "");
});

test("a clock that was set back doesn't keep the key longer", async (context) => {
  const world = startEditor(context);
  world.state.set("copiedKey", { hash: "0".repeat(64), copiedAt: Number.MAX_SAFE_INTEGER });
  world.open();
  assert.equal(world.clock.pending(60 * second), 1);
});

test("a state that another version wrote is ignored", async (context) => {
  const world = startEditor(context);
  world.state.set("copiedKey", "sk");
  world.open();
  assert.equal(world.clock.pending(), 0);
});
