import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { webviewView } from "../../../src/tools/webviewView";

const manifest = (views: unknown) => ({ name: "claude-dev", contributes: { views } });
const webview = { type: "webview", id: "a.view", name: "" };

for (const [what, views, expected] of [
  ["its only view", { a: [webview] }, "a.view"],
  ["the first of several", { a: [webview, { ...webview, id: "b" }], b: [{ ...webview, id: "c" }] }, "a.view"],
  ["the one behind a tree", { a: [{ id: "tree" }, { id: "t", type: "tree" }], b: [webview] }, "a.view"],
  ["none, where there are only trees", { a: [{ id: "tree" }] }, undefined],
  ["none, where there are no views", {}, undefined],
  ["none, where views have no list", { a: webview }, undefined],
  ["none, where a view has no id", { a: [{ type: "webview" }] }, undefined],
] as const) {
  test(`an extension's view: ${what}`, () => assert.equal(webviewView(manifest(views)), expected));
}

test("an extension without contributions has none", () => {
  for (const nothing of [undefined, null, "", {}, { contributes: {} }, { contributes: { views: null } }])
    assert.equal(webviewView(nothing), undefined);
});

test("whatever a manifest says, the id of a view is text", () => {
  fc.assert(
    fc.property(fc.anything(), (views) => {
      for (const text of [views, manifest(views), manifest({ a: [views] })])
        assert.ok(["string", "undefined"].includes(typeof webviewView(text)));
    }),
  );
});
