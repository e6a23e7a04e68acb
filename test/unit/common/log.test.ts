import assert from "node:assert/strict";
import { test } from "node:test";
import { errorText } from "../../../src/common/log";

test("a message of several lines is one line of the log, and what may be secret is replaced by a mark", () => {
  const error = new Error(`Can't  read\n\n\t"${"x".repeat(24)}" nor ${"x".repeat(23)}`);
  const [line = ""] = errorText(error).split("\n");
  assert.equal(line, `Error: Can't read "…" nor ${"x".repeat(23)}`);
});

test("the origin of an error is its stack, without any line of the message; there may be none", () => {
  const message = "one\n\tno    at all\n    at a-line-that-quotes-a-secret";
  const error = new Error(message);
  const frames = ["    at read (file.js:1:2)", "    at file.js:3:4"];
  error.stack = `Error: ${message}\n${frames.join("\n")}\nraised at once`;
  const [line = "", ...origin] = errorText(error).split("\n");
  assert.equal(line, "Error: one no at all at …");
  assert.deepEqual(origin, frames);
  for (const stack of [undefined, "", `Error: ${message}`]) {
    Object.assign(error, { stack });
    assert.equal(errorText(error), line);
  }
});

test("of a chain of causes, the first five are told", () => {
  let error: unknown = "7";
  for (const message of ["6", "5", "4", "3", "2", "1"]) error = new Error(message, { cause: error });
  const [line] = errorText(error).split("\n");
  assert.equal(line, ["1", "2", "3", "4", "5"].map((message) => `Error: ${message}`).join(", because of "));
});
