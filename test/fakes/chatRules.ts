import assert from "node:assert/strict";
import type { ChatMessage } from "../../src/openrouter/chat";

/** Asserts what OpenRouter's providers answer 400 to, by the `ChatMessages` of its OpenAPI document. */
export function assertValidMessages(messages: readonly ChatMessage[]): void {
  let open: string[] = [];
  for (const message of messages) {
    const { role, content, tool_calls: calls, tool_call_id: id } = message;
    if (role === "tool") {
      assert.ok(id !== undefined && open.includes(id), `result ${id} follows its call`);
      open.splice(open.indexOf(id), 1);
    } else assert.deepEqual(open, [], "every call has its result before the next message");
    if (calls) {
      assert.equal(role, "assistant");
      assert.ok(calls.length > 0);
      for (const call of calls) {
        assert.ok(call.id !== "" && call.function.name !== "");
        const input: unknown = JSON.parse(call.function.arguments);
        assert.ok(typeof input === "object" && input !== null && !Array.isArray(input));
      }
      open = calls.map((call) => call.id);
    }
    if (content === null) assert.ok(role === "assistant" && calls);
    else if (typeof content === "string") assert.notEqual(content.trim(), "");
    else assertValidContent(role, content);
    assert.notEqual(message.name, "");
    if (role !== "assistant") assert.ok(!message.reasoning && !message.reasoning_details);
  }
  assert.deepEqual(open, [], "every call has its result");
}

function assertValidContent(
  role: ChatMessage["role"],
  content: Exclude<ChatMessage["content"], string | null>,
) {
  assert.ok(role === "user" || role === "tool", "only a user or a tool shows images");
  assert.ok(content.length > 0);
  for (const part of content) {
    if (part.type === "text") assert.notEqual(part.text.trim(), "");
    else assert.match(part.image_url.url, /^data:image\/[\w.+-]+;base64,[A-Za-z\d+/]*={0,2}$/);
  }
}
