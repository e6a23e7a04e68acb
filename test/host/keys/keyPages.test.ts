import { equal, match } from "node:assert/strict";
import { env, window } from "vscode";
import { openKeyPage } from "../../../src/vscode/keys/keyPages";

const session = {
  version: 2,
  id: "a",
  key: "sk-or-v1-a",
  label: "label",
  baseUrl: "https://openrouter.ai",
  createdAt: 0,
} as const;

describe("A page of OpenRouter", () => {
  const { openExternal, clipboard } = env;
  const { showWarningMessage } = window;
  let shown: string[];

  beforeEach(() => {
    shown = [];
    const press = async (message: string, button: string) => {
      shown.push(message);
      return button;
    };
    Object.assign(window, { showWarningMessage: press });
  });
  afterEach(async () => {
    Object.assign(env, { openExternal });
    Object.assign(window, { showWarningMessage });
    await clipboard.writeText("");
  });

  it("that can't be opened is offered as a link to copy", async () => {
    Object.assign(env, { openExternal: async () => Promise.reject(new Error("no browser")) });
    await openKeyPage("key", session);
    equal(shown.length, 1);
    match(await clipboard.readText(), /^https:\/\/openrouter\.ai\/\S*keys\/[0-9a-f]{64}$/);
  });

  it("that the user chose not to open causes no message", async () => {
    Object.assign(env, { openExternal: async () => false });
    await openKeyPage("key", session);
    equal(shown.length, 0);
  });
});
