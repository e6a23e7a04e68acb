import assert from "node:assert/strict";
import { test } from "node:test";
import { findModel } from "../../../src/models/modelVariants";
import { model } from "./anyModel";

const base = model("author/base", {
  name: "Author: Base",
  contextLength: 5000,
  prices: { prompt: 1, completion: 2 },
  inputModalities: ["text", "image"],
});
const free = model("author/base:free", { contextLength: 1000, prices: { prompt: 0, completion: 0 } });
const listed = new Map([base, free].map((one) => [one.id, one]));

test("a listed variant is what the list says", () => {
  assert.equal(findModel("author/base:free", listed), free);
});

for (const variant of ["thinking", "extended"]) {
  test(`:${variant} of a model is the model, at its price`, () => {
    const id = `author/base:${variant}`;
    assert.deepEqual(findModel(id, listed), { ...base, id, name: `Author: Base (${variant})` });
  });
}

for (const variant of ["nitro", "floor", "exacto", "online"]) {
  test(`:${variant} of a model is the model, at a price that varies`, () => {
    const id = `author/base:${variant}`;
    const { prices: usualPrices, ...others } = base;
    assert.deepEqual(findModel(id, listed), {
      ...others,
      usualPrices,
      id,
      name: `Author: Base (${variant})`,
    });
  });
}

test("a model with a preset is the model, also of a variant", () => {
  const id = "author/base@preset/coding";
  assert.deepEqual(findModel(id, listed), { ...base, id, name: "Author: Base (coding)" });
  assert.equal(findModel("author/base:free@preset/coding", listed)?.contextLength, 1000);
  assert.equal(findModel("author/base:nitro@preset/coding", listed)?.prices, undefined);
  assert.equal(findModel("author/base:free:online", listed)?.contextLength, 1000);
});

test("a preset alone may choose any model with tools", () => {
  assert.deepEqual(findModel("@preset/coding", listed), {
    id: "@preset/coding",
    name: "@preset/coding",
    contextLength: 128_000,
    inputModalities: ["text"],
    supportedParameters: ["tools"],
  });
});

test("nobody knows other ids", () => {
  for (const id of [
    ...["author/gone", "author/gone:nitro", "author/gone@preset/coding", "author/base:later", "author/base:"],
    ...["@preset/", "@preset/a b", "preset/a", "author/base@preset/", ":nitro", "", "@preset/<command:a>"],
  ]) {
    assert.equal(findModel(id, listed), undefined, id);
  }
});

test("an unlisted :free is unknown, since a request for it fails", () => {
  assert.equal(findModel("author/base:free", new Map([[base.id, base]])), undefined);
});
