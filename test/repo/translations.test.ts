import assert from "node:assert/strict";
import { test } from "node:test";
import {
  commandNameProblems,
  hardCodedTexts,
  translationProblems,
  untranslatableTexts,
} from "../../scripts/translations.mjs";

const texts = {
  "Connected with {0}. [Trouble?](command:ours.trouble)":
    "Connected with {0}. [Trouble?](command:ours.trouble)",
  setting: "See `#ours.setting#`, in USD.\n[Open It](command:open)\nOr close it.",
  OpenRouter: "OpenRouter",
  Limit: "Limit",
};
const german = {
  "Connected with {0}. [Trouble?](command:ours.trouble)":
    "[Probleme?](command:ours.trouble) Verbunden mit {0}.",
  setting: "Siehe `#ours.setting#`, in USD.\n[Öffnen](command:open)\nOder schließen.",
  OpenRouter: "OpenRouter",
  Limit: "Limit",
};
const [link, setting] = Object.keys(texts) as [string, string];

const broken: [string, Record<string, string | undefined>, RegExp][] = [
  ["a missing text", { setting: undefined }, /is missing: setting/],
  ["an empty text", { setting: " " }, /is empty: setting/],
  ["a text that doesn't exist", { Credits: "Guthaben" }, /has no English text: Credits/],
  ["a text in English", { setting: texts.setting }, /is still in English: setting/],
  [
    "a lost placeholder",
    { [link]: "Verbunden. [Probleme?](command:ours.trouble)" },
    /different placeholders/,
  ],
  ["another placeholder", { [link]: "Verbunden mit {1}. [Probleme?](command:ours.trouble)" }, /different pl/],
  ["another command", { [link]: "Verbunden mit {0}. [Probleme?](command:ours.other)" }, /or links/],
  ["a translated setting", { [setting]: german.setting.replace("ours", "unsere") }, /code or links/],
  [
    "a button within a line of text",
    { [setting]: german.setting.replace("\nOder", " Oder") },
    /different lines/,
  ],
];

test("a complete translation has no problems", () => {
  assert.deepEqual(translationProblems(texts, german), []);
});

for (const [name, change, problem] of broken) {
  test(`a translation with ${name} has a problem`, () => {
    const translation = Object.fromEntries(
      Object.entries<string | undefined>({ ...german, ...change }).flatMap(([key, text]) =>
        text === undefined ? [] : [[key, text]],
      ),
    );
    const problems = translationProblems(texts, translation);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", problem);
  });
}

test("a command has the name of the palette, wherever it's named", () => {
  const titles: [string, string][] = [
    ["Choose Models…", "Modelle auswählen…"],
    ["Disconnect", "Verbindung trennen"],
  ];
  const problems = (english: string, translated: string) =>
    commandNameProblems({ [english]: english }, { [english]: translated }, titles);
  assert.deepEqual(problems("Run Choose Models.", "Führen Sie „Modelle auswählen“ aus."), []);
  assert.deepEqual(problems("Choose models.", "Wählen Sie Modelle."), []);
  assert.deepEqual(problems("Disconnect {0}?", "Verbindung mit {0} trennen?"), []);
  const [problem = "", ...others] = problems("Run Choose Models.", "Führen Sie „Modelle wählen“ aus.");
  assert.match(problem, /calls the command “Modelle auswählen” differently: Run Choose Models\./);
  assert.deepEqual(others, []);
  const heading = { "walkthrough.models.title": "Choose Models" };
  assert.deepEqual(
    commandNameProblems(heading, { "walkthrough.models.title": "Wählen Sie Modelle" }, titles),
    [],
  );
});

test("hard-coded texts in the source are found", () => {
  const source = (text: string) => `import { l10n } from "vscode";\n${text}\n// A comment "Like this"\n`;
  for (const text of [
    'window.showErrorMessage("Try again in a moment.");',
    'const item = { label: "Refresh" };',
    'const item = { label: "$(refresh) Refresh" };',
    "const page = `<h1>You can close this tab</h1>`;",
  ]) {
    assert.equal(hardCodedTexts(source(text)).length, 1, text);
  }
  for (const text of [
    'l10n.t("Try again in a moment.");',
    'l10n.t(\n  "Try again {0}.",\n  "OpenRouter",\n);',
    'throw new Error("Setting is invalid");',
    'log.warn("Ignored a link");',
    'const headers = { "Content-Type": "text/html" };',
  ]) {
    assert.deepEqual(hardCodedTexts(source(text)), [], text);
  }
});

test("hard-coded texts in the manifest are found", () => {
  const manifest = {
    commands: [{ command: "ours.connect", title: "Connect" }],
    configuration: { properties: { "ours.a": { enumDescriptions: ["%ours.a%", "Never"], default: "Desk" } } },
    authentication: [{ id: "openrouter", label: "OpenRouter" }],
  };
  assert.deepEqual(untranslatableTexts(manifest), ["Connect", "Never"]);
});
