import { resolve } from "node:path";
import { packages } from "../tools/package.mjs";
import { expect, test } from "./fixtures";
import { connectAndAuthorize } from "./openRouter";
import { Programs, sha256 } from "./programs";
import { bashWithAnotherKey, terminalOf } from "./terminal";
import type { CodeWindow } from "./window";

const programs = new Programs(["claude", "codex", "copilot", "opencode", "kilo", "cline"]);
const model = "anthropic/claude-sonnet-4.5";

test.use({
  extensions: [packages.extension, packages.thief],
  programs: programs.folder,
  settings: {
    ...bashWithAnotherKey,
    "connectOpenRouter.models": [model],
    "terminal.integrated.gpuAcceleration": "off", // so that the page has the terminal's text
  },
});

/** What opencode and Kilo get beside the key, which has many characters that shells read. */
const configuration = (url: string) => {
  const options = { apiKey: "{env:OPENROUTER_API_KEY}", baseURL: `${url}/api/v1` };
  const openrouter = { options, models: { [model]: {} } };
  const id = `openrouter/${model}`;
  return JSON.stringify({ model: id, small_model: id, provider: { openrouter } });
};

/** Each tool, with what it must get. The real tools' side of it is in test/commandLineTools. */
const tools = [
  {
    name: "Claude Code",
    program: "claude",
    hasModel: false,
    args: () => "",
    variables: (key: string, url: string) => ({
      ANTHROPIC_BASE_URL: `${url}/api`,
      ANTHROPIC_AUTH_TOKEN: key,
      ANTHROPIC_API_KEY: "",
    }),
  },
  {
    name: "Codex",
    program: "codex",
    hasModel: true,
    args: (url: string) =>
      [
        "-c model_provider=openrouter",
        "-c model_providers.openrouter.name=OpenRouter",
        `-c model_providers.openrouter.base_url=${url}/api/v1`,
        "-c model_providers.openrouter.env_key=OPENROUTER_API_KEY",
        "-c features.shell_snapshot=false",
        `-m ${model}`,
      ].join(" "),
    variables: (key: string, url: string) => ({
      OPENROUTER_API_KEY: key,
      OPENROUTER_BASE_URL: `${url}/api/v1`,
    }),
  },
  {
    name: "GitHub Copilot CLI",
    program: "copilot",
    hasModel: true,
    args: () => "",
    variables: (key: string, url: string) => ({
      COPILOT_PROVIDER_BASE_URL: `${url}/api/v1`,
      COPILOT_PROVIDER_API_KEY: key,
      COPILOT_MODEL: model,
    }),
  },
  {
    name: "opencode",
    program: "opencode",
    hasModel: true,
    args: () => "",
    variables: (key: string, url: string) => ({
      OPENROUTER_API_KEY: key,
      OPENCODE_CONFIG_CONTENT: configuration(url),
    }),
  },
  {
    name: "Kilo CLI",
    program: "kilo",
    hasModel: true,
    args: () => "",
    variables: (key: string, url: string) => ({
      OPENROUTER_API_KEY: key,
      KILO_CONFIG_CONTENT: configuration(url),
    }),
  },
  {
    name: "Cline CLI",
    program: "cline",
    hasModel: true,
    args: () => `-P openrouter -m ${model} Explain this project`,
    variables: (key: string) => ({ OPENROUTER_API_KEY: key, CLINE_SESSION_BACKEND_MODE: "local" }),
  },
];

/** From the list of tools to the tool itself, which the user starts with Enter. */
async function startIn(window: CodeWindow, { name, program, hasModel }: (typeof tools)[number]) {
  await window.command("OpenRouter: Set Up a Tool…");
  await window.pick(name);
  if (hasModel) await window.pick("Claude Sonnet 4.5");
  const question = window.dialog(`Open a terminal for ${name} with API key`);
  await expect(question).toBeVisible();
  await window.screenshot(`question for ${name}`);
  await window.answer(question, "Open Terminal");
  await expect(terminalOf(window)).toBeAttached();
  const typed = window.page.locator(".terminal-wrapper.active .xterm-rows").getByText(program);
  await expect(typed.first()).toBeVisible();
  await window.screenshot(`terminal for ${name}`);
  await terminalOf(window).focus();
  await window.page.keyboard.press("Enter");
}

test("each tool starts in a terminal with its own variables, and VS Code shows nobody the key", async ({
  fakeOpenRouter,
  window,
}) => {
  await connectAndAuthorize(window);
  const [{ key } = { key: "" }] = fakeOpenRouter.keys;
  for (const [i, tool] of tools.entries()) {
    await startIn(window, tool);
    let started: ReturnType<Programs["started"]>;
    await expect.poll(() => (started = programs.started(tool.program))).toBeDefined();
    expect(started?.args).toBe(tool.args(fakeOpenRouter.url));
    const expected = Object.entries(tool.variables(key, fakeOpenRouter.url));
    expect(started?.variables).toMatchObject(
      Object.fromEntries(expected.map(([name, value]) => [name, sha256(value)])),
    );
    await expect(window.statusBarItem(`Thief in Node: ${i + 1} terminals, no key`)).toBeVisible();
  }
});

test("VS Code's terminal menu opens one as well, and canceling is silent; Disconnect says what may go on", async ({
  window,
}) => {
  await connectAndAuthorize(window);
  await window.command("Terminal: Create New Terminal");
  await expect(terminalOf(window)).toBeAttached();
  const launch = window.page.getByRole("button", { name: /Launch Profile/ }).first();
  const profile = window.page.getByRole("menuitem", { name: /^OpenRouter/ });
  // VS Code's menus take no click at first.
  const openProfile = () =>
    expect(async () => {
      if (!(await profile.isVisible())) await launch.click({ timeout: 2000 });
      await profile.click({ timeout: 2000 });
      await expect(window.quickPickRow("Codex")).toBeVisible({ timeout: 2000 });
    }).toPass();
  await openProfile();
  await window.screenshot("what for");
  await window.page.keyboard.press("Escape");
  await openProfile();
  await window.pick("Codex");
  await window.pick("Claude Sonnet 4.5");
  await window.dialog("for Codex").getByRole("button", { name: "Cancel" }).click();
  await openProfile();
  await window.pick("Codex");
  await window.pick("Claude Sonnet 4.5");
  await expect(window.page.locator(".notification-toast")).toHaveCount(0);
  await window.answer(window.dialog("for Codex"), "Open Terminal");
  await expect(
    window.page.locator(".terminal-wrapper.active .xterm-rows").getByText("codex").first(),
  ).toBeVisible();
  await window.screenshot("terminal of the profile");
  await terminalOf(window).focus();
  await window.page.keyboard.press("Enter");
  await expect.poll(() => programs.started("codex")).toBeDefined();

  await window.command("OpenRouter: Disconnect");
  await window.dialog("Disconnect").getByRole("button", { name: "Disconnect" }).click();
  await expect(window.toast("codex app-server daemon stop")).toBeVisible();
  await window.screenshot("disconnected");
});

test.describe("in a folder whose settings send the key elsewhere", () => {
  test.use({ folder: resolve("test/fixtures/hostileWorkspace") });

  test("the question names the file, and shows it", async ({ window }) => {
    await connectAndAuthorize(window);
    await window.command("OpenRouter: Set Up a Tool…");
    await window.pick("Claude Code");
    const question = window.dialog("Open a terminal for Claude Code");
    await expect(question).toContainText(
      "In this workspace, .claude/settings.json may send the key to another server",
    );
    await window.screenshot("warning");
    await window.answer(question, "Show File");
    await expect(window.page.getByRole("tab", { name: /settings\.json/ })).toBeVisible();
    await window.screenshot("the file");
  });
});
