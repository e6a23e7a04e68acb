import assert from "node:assert/strict";
import { test } from "node:test";
import type { LanguageModelChatRequestMessage } from "vscode";
import { chatMessages } from "../../../src/models/chatMessages";
import { ReasoningMemory } from "../../../src/models/reasoningMemory";
import type { ChatMessage } from "../../../src/openrouter/chat";
import { assertValidMessages } from "../../fakes/chatRules";
import {
  anyMessage,
  assistant,
  data,
  promptTsx,
  system,
  text,
  thinking,
  toolCall,
  toolResult,
  user,
} from "../../fakes/messageParts";

const png = new Uint8Array([137, 80, 78, 71]);
const image = { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw==" } };
const call = (id: string, name = "read", json = '{"path":"a.ts"}') => ({
  id,
  type: "function",
  function: { name, arguments: json },
});
const result = (id: string, content: unknown = "done") => ({ role: "tool", tool_call_id: id, content });

/** @returns the messages, and what was logged */
function map(...messages: LanguageModelChatRequestMessage[]) {
  const logged: string[] = [];
  const log = { debug: (line: string) => void logged.push(line) };
  const mapped: ChatMessage[] = chatMessages(messages, { model: "a/b", memory: new ReasoningMemory(), log });
  assertValidMessages(mapped);
  return { mapped, logged };
}

for (const [name, messages, expected, logged] of [
  [
    "system, user, assistant",
    [system(text("Be brief.")), user(text("Hi")), assistant(text("Hello"))],
    [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello" },
    ],
  ],
  ["the parts of a text", [user(text("a"), text(""), text(" b\n"))], [{ role: "user", content: "a b\n" }]],
  ["a text in place of parts", [anyMessage(1, "Hi")], [{ role: "user", content: "Hi" }]],
  [
    "an image in its place",
    [user(text("a"), text("b"), data("image/png", png), text("c"))],
    [{ role: "user", content: [{ type: "text", text: "ab" }, image, { type: "text", text: "c" }] }],
  ],
  ["an image alone", [user(data("Image/PNG; x=y", png))], [{ role: "user", content: [image] }]],
  [
    "white space beside an image",
    [user(text(" "), data("image/png", png))],
    [{ role: "user", content: [image] }],
  ],
  ["messages without anything", [user(), assistant(text("")), user(text(" \n")), system(text(""))], []],
  [
    "data that is text",
    [user(data("text/markdown", "# ä"), data("application/json", "{}"), data("image/svg+xml", "<svg/>"))],
    [{ role: "user", content: "# ä{}<svg/>" }],
  ],
  ["a name", [anyMessage(1, [text("Hi")], "Ada")], [{ role: "user", content: "Hi", name: "Ada" }]],
  ["an empty name", [anyMessage(1, [text("Hi")], "")], [{ role: "user", content: "Hi" }]],
  [
    "an unknown role",
    [anyMessage(4, [text("Hi")])],
    [{ role: "user", content: "Hi" }],
    "sent a message of an unknown role as the user's (1)",
  ],
  [
    "the chat's own notes",
    [
      user(
        data("cache_control", "ephemeral"),
        text("Hi"),
        data("stateful_marker", "a"),
        data("stateful_marker", "b"),
      ),
      assistant(
        text("Hello"),
        data("usage", "{}"),
        data("thinking", "{}"),
        data("context_management", "{}"),
        data("phase_data", "{}"),
      ),
    ],
    [
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello" },
    ],
    "left out cache_control (1), left out stateful_marker (2), left out usage (1), left out thinking (1), " +
      "left out context_management (1), left out phase_data (1)",
  ],
  [
    "what no model takes",
    [
      user(data("application/pdf; secret", "%PDF"), { secret: 1 }, null, 7, {
        mimeType: "image/png",
        data: "x",
      }),
    ],
    [],
    "left out data of another type (1), left out unknown part (3), left out data without bytes (1)",
  ],
  [
    "a tool call and its result",
    [assistant(text(""), toolCall("c1")), user(toolResult("c1"))],
    [{ role: "assistant", content: null, tool_calls: [call("c1")] }, result("c1")],
  ],
  [
    "several results in one message, before its text",
    [
      assistant(text("I look."), toolCall("c1"), toolCall("c2", "list", {})),
      user(text("Go on"), toolResult("c1"), toolResult("c2", [text("x"), text("y")])),
    ],
    [
      { role: "assistant", content: "I look.", tool_calls: [call("c1"), call("c2", "list", "{}")] },
      result("c1"),
      result("c2", "xy"),
      { role: "user", content: "Go on" },
    ],
  ],
  [
    "one message for each result, with a text between",
    [
      assistant(toolCall("c1"), toolCall("c2")),
      anyMessage(1, [toolResult("c2")], ""),
      user(text("Go on")),
      user(toolResult("c1")),
    ],
    [
      { role: "assistant", content: null, tool_calls: [call("c1"), call("c2")] },
      result("c1"),
      result("c2"),
      { role: "user", content: "Go on" },
    ],
  ],
  [
    "results in the assistant's own message",
    [assistant(toolResult("c1"), toolCall("c1"))],
    [{ role: "assistant", content: null, tool_calls: [call("c1")] }, result("c1")],
  ],
  [
    "IDs that begin again",
    [
      assistant(toolCall("0")),
      user(toolResult("0", [text("first")])),
      assistant(toolCall("0"), toolCall("0")),
      user(toolResult("0", [text("second")]), toolResult("0", [text("third")])),
    ],
    [
      { role: "assistant", content: null, tool_calls: [call("0")] },
      result("0", "first"),
      { role: "assistant", content: null, tool_calls: [call("0"), call("0")] },
      result("0", "second"),
      result("0", "third"),
    ],
  ],
  [
    "an ID that begins again after a call without a result",
    [assistant(toolCall("0", "a")), assistant(toolCall("0", "b")), user(toolResult("0"))],
    [
      { role: "assistant", content: null, tool_calls: [call("0", "a")] },
      result("0", "(no result)"),
      { role: "assistant", content: null, tool_calls: [call("0", "b")] },
      result("0"),
    ],
    "added a result to a tool call without one (1)",
  ],
  [
    "results without calls, before it, or of a call that has one",
    [
      user(toolResult("c0")),
      user(toolResult("c1")),
      assistant(toolCall("c1")),
      user(toolResult("c1"), toolResult("c1")),
    ],
    [{ role: "assistant", content: null, tool_calls: [call("c1")] }, result("c1")],
    "left out a tool's result without its call (3)",
  ],
  [
    "a call without a result",
    [assistant(toolCall("c1"), toolCall("c2")), user(toolResult("c2"), text("Stop"))],
    [
      { role: "assistant", content: null, tool_calls: [call("c1"), call("c2")] },
      result("c1", "(no result)"),
      result("c2"),
      { role: "user", content: "Stop" },
    ],
    "added a result to a tool call without one (1)",
  ],
  [
    "an image of a tool",
    [assistant(toolCall("c1")), user(toolResult("c1", [text("See"), data("image/png", png)]))],
    [
      { role: "assistant", content: null, tool_calls: [call("c1")] },
      result("c1", [{ type: "text", text: "See" }, image]),
    ],
  ],
  [
    "results that are empty, a text, or rendered by prompt-tsx",
    [
      assistant(toolCall("c1"), toolCall("c2"), toolCall("c3")),
      user(toolResult("c1", []), toolResult("c2", "text"), toolResult("c3", [promptTsx("one", "two")])),
    ],
    [
      { role: "assistant", content: null, tool_calls: [call("c1"), call("c2"), call("c3")] },
      result("c1", "(empty)"),
      result("c2", "text"),
      result("c3", "one\ntwo"),
    ],
  ],
  [
    "results that failed",
    [
      assistant(toolCall("c1"), toolCall("c2"), toolCall("c3")),
      user(
        toolResult("c1", [text("No such file")], true),
        toolResult("c2", [text("ERROR: no such tool")], true),
        toolResult("c3", [data("image/png", png)], true),
      ),
    ],
    [
      { role: "assistant", content: null, tool_calls: [call("c1"), call("c2"), call("c3")] },
      result("c1", "Error: No such file"),
      result("c2", "ERROR: no such tool"),
      result("c3", [{ type: "text", text: "Error: " }, image]),
    ],
  ],
  [
    "parts of a result that no model takes",
    [
      assistant(toolCall("c1")),
      user(
        toolResult("c1", [toolCall("c2"), data("cache_control", "x"), { value: { other: 1 } }, text("done")]),
      ),
    ],
    [{ role: "assistant", content: null, tool_calls: [call("c1")] }, result("c1")],
    "left out a part of a tool's result (1), left out cache_control of a tool's result (1), " +
      "left out unknown part of a tool's result (1)",
  ],
  [
    "inputs that aren't objects",
    [
      assistant(toolCall("c1", "a", null), toolCall("c2", "b", [1]), toolCall("c3", "c", { n: 1n })),
      user(toolResult("c1"), toolResult("c2"), toolResult("c3")),
    ],
    [
      {
        role: "assistant",
        content: null,
        tool_calls: [call("c1", "a", "{}"), call("c2", "b", "{}"), call("c3", "c", "{}")],
      },
      result("c1"),
      result("c2"),
      result("c3"),
    ],
    "replaced the input of a tool call, which was no object (3)",
  ],
  [
    "what isn't theirs to say",
    [
      system(text("Be brief."), data("image/png", png)),
      user(text("Hi"), toolCall("c1"), thinking("Hm")),
      assistant(text("Hello"), data("image/png", png)),
      assistant({ callId: "c1", name: "", input: {} }, { callId: "" }),
    ],
    [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello" },
    ],
    "left out an image of the system (1), left out a tool call that isn't an assistant's (1), " +
      "left out thinking that isn't an assistant's (1), left out an image of an assistant (1), " +
      "left out tool call without a name (1), left out unknown part (1)",
  ],
] as [string, LanguageModelChatRequestMessage[], unknown[], string?][]) {
  test(`messages: ${name}`, () => {
    const { mapped, logged: lines } = map(...messages);
    assert.deepEqual(mapped, expected);
    assert.deepEqual(lines, logged === undefined ? [] : [`Request to a/b: ${logged}`]);
  });
}

test("a large image", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  const [message] = map(user(data("image/webp", bytes))).mapped;
  const url = `data:image/webp;base64,${Buffer.from(bytes).toString("base64")}`;
  assert.deepEqual(message?.content, [{ type: "image_url", image_url: { url } }]);
});

test("only the bytes that a part shows", () => {
  const [message] = map(user(data("text/plain", Buffer.from("secret text").subarray(7)))).mapped;
  assert.equal(message?.content, "text");
});
