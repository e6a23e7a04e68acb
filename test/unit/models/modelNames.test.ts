import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { modelAuthor, modelNames } from "../../../src/models/modelNames";
import { findControl, findIcon, findLink, hostileText } from "../../fakes/markup";
import { anyModels } from "./anyModel";

const names = (...models: [id: string, name: string][]) => [
  ...modelNames(models.map(([id, name]) => ({ id, name }))).values(),
];

test("names go without their authors", () => {
  assert.deepEqual(
    names(["anthropic/a", "Anthropic: Claude Sonnet 4.5"], ["b/b", "Llama: a: b"], ["c/c", "Auto"]),
    ["Claude Sonnet 4.5", "a: b", "Auto"],
  );
});

test("names that are alike are told apart by their authors, or else by their ids", () => {
  const all = [
    ["a/x", "A: X"],
    ["b/x", "B: X"],
    ["c/y", "C: Y"],
    ["c/y2", "C: Y"],
  ] satisfies [string, string][];
  assert.deepEqual(names(...all).sort(), ["A: X", "B: X", "c/y", "c/y2"]);
});

test("an author is the name's, or else the id's", () => {
  assert.equal(modelAuthor({ id: "meta-llama/llama", name: "Meta: Llama" }), "Meta");
  assert.equal(modelAuthor({ id: "openrouter/auto", name: "Auto Router" }), "openrouter");
  assert.equal(modelAuthor({ id: "auto", name: "Auto Router" }), "auto");
});

test("no name is a link, an icon, or more than one line", () => {
  const markup = "[a](command:b) <command:c> $(gear)\n\u202e";
  assert.deepEqual(names(["a/b", `Author: ${markup}`]), [
    "[a]\u2060(command:b) <\u2060command:c> $\u2060(gear)",
  ]);
  assert.equal(modelAuthor({ id: "a/b", name: "[a]<b>: Name" }), "[a]\u2060<\u2060b>");
});

test("no name that a server invents is a link, an icon, or more than one line", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (author, text) => {
      const model = { id: "a/b", name: `${author}: ${text}` };
      for (const name of [modelAuthor(model), modelNames([model]).get("a/b") ?? ""]) {
        for (const find of [findLink, findIcon, findControl]) assert.equal(find(name), undefined);
        assert.doesNotMatch(name, /<[^\u2060]|\]\(/);
      }
    }),
  );
});

test("all models have names, all different", () => {
  fc.assert(
    fc.property(anyModels, (models) => {
      const all = modelNames(models);
      assert.equal(all.size, models.length);
      const values = [...all.values()];
      assert.ok(values.every((name) => name.trim() !== ""));
      assert.equal(new Set(values).size, values.length);
    }),
  );
});
