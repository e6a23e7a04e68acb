import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, bodyOf, events, fails, finish, piece, stream, toolCalls } from "./streams";

const answers = async (...chunks: string[]) => {
  const { parts, answer } = ask(bodyOf(stream(...chunks, finish("tool_calls"))));
  await answer;
  return parts.flatMap((part) => (part.kind === "toolCall" ? [part] : []));
};
const call = (index: number | undefined, name: string, json: string, id?: string) =>
  toolCalls({ index, ...(id !== undefined && { id }), function: { name, arguments: json } });

test("calls come in the order of their indexes, with what their pieces add up to", async () => {
  const calls = await answers(
    call(1, "run", "", "b"),
    call(0, "edit", '{"a', "a"),
    toolCalls(piece(1, '{"c":'), piece(0, '":1}')),
    toolCalls(piece(1, "2}")),
  );
  assert.deepEqual(calls, [
    { kind: "toolCall", id: "a", name: "edit", input: { a: 1 } },
    { kind: "toolCall", id: "b", name: "run", input: { c: 2 } },
  ]);
});

test("what came of a call is told at once, for what it costs, also of one that never ends", async () => {
  const sent = events(call(0, "edit", '{"a', "a"), toolCalls(piece(0, '":1'), piece(1, "")));
  const { parts, pieces, answer } = ask(bodyOf(sent));
  await assert.rejects(answer, fails("interrupted"));
  assert.deepEqual(pieces, ['edit{"a', '":1', ""]);
  assert.deepEqual(parts, []);
});

test("no arguments are none", async () => {
  for (const json of ["", "  ", "{}", "\n{ }"]) {
    const [one] = await answers(call(0, "list", json, "a"));
    assert.deepEqual(one?.input, {});
  }
  const [one] = await answers(toolCalls({ index: 0, id: "a", function: { name: "list", arguments: null } }));
  assert.deepEqual(one?.input, {});
});

for (const json of ['{"a":', "[1]", "null", '"text"', "7", "{}{}", "{'a':1}", "undefined"]) {
  test(`arguments that aren't an object are an error, and no empty ones: ${json}`, async () => {
    const sent = stream(call(0, "good", "{}", "a"), call(1, "edit", json, "b"), finish("tool_calls"));
    const { parts, answer } = ask(bodyOf(sent));
    await assert.rejects(answer, fails("badToolCall", { tool: "edit" }));
    assert.deepEqual(parts, []); // also not the good one, which was meant to go with it
  });
}

test("a call without a name is an error", async () => {
  const { answer } = ask(bodyOf(stream(toolCalls(piece(0, "{}", { id: "a" })), finish("tool_calls"))));
  await assert.rejects(answer, fails("badToolCall", {}));
});

test("each call has an ID of its own", async () => {
  const calls = await answers(
    call(0, "edit", "{}"),
    call(1, "edit", "{}", ""),
    call(2, "edit", "{}", "same"),
    call(3, "edit", "{}", "same"),
    call(4, "edit", "{}", "other"),
  );
  const ids = calls.map(({ id }) => id);
  assert.deepEqual([ids[2], ids[4]], ["same", "other"]);
  assert.equal(new Set(ids).size, 5);
  assert.ok(ids.every((id) => id !== ""));
});

test("an ID that comes later is the call's", async () => {
  const calls = await answers(call(0, "edit", '{"a":'), toolCalls(piece(0, "1}", { id: "late" })));
  assert.deepEqual(calls, [{ kind: "toolCall", id: "late", name: "edit", input: { a: 1 } }]);
});

test("an ID that comes later with the name again is the call's, and so are pieces with other IDs but no name", async () => {
  const calls = await answers(
    call(0, "edit", '{"a"'),
    call(0, "edit", ":", "late"),
    call(0, "", "1}", "odd"),
  );
  assert.deepEqual(calls, [{ kind: "toolCall", id: "late", name: "edit", input: { a: 1 } }]);
});

test("a name and an ID in every piece are those of one call", async () => {
  const calls = await answers(
    call(0, "edit", '{"a":', "a"),
    call(0, "edit", "1}", "a"),
    call(0, "", "", "a"),
  );
  assert.deepEqual(calls, [{ kind: "toolCall", id: "a", name: "edit", input: { a: 1 } }]);
});

test("whole calls with the same index, or with none, are several", async () => {
  for (const [first, second] of [
    [0, 0],
    [undefined, undefined],
    [1, undefined],
  ]) {
    const calls = await answers(call(first, "edit", '{"a":1}', "a"), call(second, "run", '{"b":2}', "b"));
    assert.deepEqual(
      calls.map(({ id, name, input }) => [id, name, input]),
      [
        ["a", "edit", { a: 1 }],
        ["b", "run", { b: 2 }],
      ],
    );
  }
});

test("pieces without an index go on with the last call", async () => {
  const more = toolCalls({ function: { arguments: "1}" } });
  const calls = await answers(call(undefined, "edit", '{"a":', "a"), more, call(undefined, "run", "", "b"));
  assert.deepEqual(
    calls.map(({ id, input }) => [id, input]),
    [
      ["a", { a: 1 }],
      ["b", {}],
    ],
  );
});
