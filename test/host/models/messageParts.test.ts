import { deepEqual, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { readPart } from "../../../src/models/messagePart";

type PartClass = new (...values: unknown[]) => unknown;

/** A class of VS Code's, also where the typings don't have it yet. */
const partClass = (name: string) => (vscode as unknown as Record<string, PartClass | undefined>)[name];

describe("Parts of messages, as VS Code's own classes", () => {
  const bytes = new Uint8Array([1, 2, 3]);
  for (const [name, values, expected] of [
    ["LanguageModelTextPart", ["Hi"], { kind: "text", text: "Hi" }],
    ["LanguageModelTextPart2", ["Hi", [0]], { kind: "text", text: "Hi" }],
    ["LanguageModelThinkingPart", ["Hm"], { kind: "thinking", text: "Hm", metadata: undefined }],
    ["LanguageModelThinkingPart", [["H", "m"], "id"], { kind: "thinking", text: "Hm", metadata: undefined }],
    ["LanguageModelThinkingPart", ["", "", { a: 1 }], { kind: "thinking", text: "", metadata: { a: 1 } }],
    ["LanguageModelToolCallPart", ["c", "read", {}], { kind: "toolCall", id: "c", name: "read", input: {} }],
    ["LanguageModelToolResultPart", ["c", []], { kind: "toolResult", id: "c", content: [], isError: false }],
    [
      "LanguageModelToolResultPart2",
      ["c", [], true],
      { kind: "toolResult", id: "c", content: [], isError: true },
    ],
    ["LanguageModelDataPart", [bytes, "image/png"], { kind: "image", mimeType: "image/png", data: bytes }],
    ["LanguageModelDataPart", [bytes, "cache_control"], { kind: "other", name: "cache_control" }],
    [
      "LanguageModelPromptTsxPart",
      [{ node: { type: 1, children: [{ type: 2, text: "Hi" }] } }],
      { kind: "text", text: "Hi" },
    ],
  ] as [string, unknown[], unknown][])
    it(`${name}(${JSON.stringify(values)})`, function () {
      const Part = partClass(name);
      if (!Part) return this.skip();
      deepEqual(readPart(new Part(...values)), expected);
    });

  it("has at least those of the typings", () => {
    for (const name of ["LanguageModelTextPart", "LanguageModelToolCallPart", "LanguageModelToolResultPart"])
      ok(partClass(name), name);
  });
});
