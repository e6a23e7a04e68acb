import assert from "node:assert/strict";
import { test } from "node:test";
import { findToolExtension, toolExtensions } from "../../../src/tools/toolExtensions";

for (const tool of toolExtensions) {
  test(`${tool.name} is found by its id, however that is spelled`, () => {
    for (const id of [tool.id, tool.id.toLowerCase(), tool.id.toUpperCase()])
      assert.equal(findToolExtension(id), tool);
  });

  test(`the id and the callback path of ${tool.name} can stand in a callback URL`, () => {
    const url = new URL(`vscode://${tool.id}${tool.callbackPath}`);
    assert.equal(url.host, tool.id);
    assert.equal(url.pathname, tool.callbackPath);
  });
}

test("no other extension is one of them", () => {
  for (const id of ["", "cline", "saoudrizwan.claude-dev.", "x.saoudrizwan.claude-dev"])
    assert.equal(findToolExtension(id), undefined);
});
