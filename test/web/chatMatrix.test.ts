import type { ChatPart } from "../../src/models/chatAnswer";
import { ChatError } from "../../src/models/chatError";
import { streamChat } from "../../src/models/streamChat";
import { isError, problemOutcomes, streamOutcomes, triedAgain } from "../fakeOpenRouter/chatMatrix";
import { equal, ok, rejected } from "./assert";
import { control, misbehaveInChat } from "./runner";

/** The same table as under Node, over the real `fetch` of a browser, which needs CORS, and hides headers. */
describe("What can go wrong in a chat, in the web extension host", () => {
  const ask = async (key: string, stallLimit?: number) => {
    const { fakeOpenRouter: baseUrl } = await control();
    const parts: ChatPart[] = [];
    const body = {
      model: "anthropic/claude-sonnet-4.5",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      tools: [{ type: "function", function: { name: "read_file", parameters: { type: "object" } } }],
    } as const;
    const { signal } = new AbortController();
    const fetchHere = (...args: Parameters<typeof fetch>) => fetch(...args);
    const options = { fetch: fetchHere, baseUrl, key, signal, ...(stallLimit && { stallLimit }) };
    const end = await streamChat(body, options, (part) => parts.push(part));
    const cost = parts.some((part) => part.kind === "usage" && part.usage.cost);
    return { end, cost, text: parts.map((part) => (part.kind === "text" ? part.text : "")).join("") };
  };

  it("answers when nothing does", async () => {
    const { end, cost, text } = await ask(await misbehaveInChat({}));
    equal([end.finishReason, text], ["stop", "Hello"]);
    ok(cost, "no cost");
  });

  for (const [name, outcome] of Object.entries(streamOutcomes)) {
    it(`a stream: ${name} is ${outcome}`, async () => {
      const answer = ask(await misbehaveInChat({ stream: name }), outcome === "stalled" ? 1000 : undefined);
      if (!isError(outcome)) {
        const { end } = await answer;
        return equal<string>(end.finishReason, outcome === "right" ? "stop" : outcome);
      }
      const error = await rejected(answer);
      ok(error instanceof ChatError, String(error));
      equal(error.failure, outcome);
    });
  }

  for (const [name, outcome] of Object.entries(problemOutcomes)) {
    if (triedAgain.some((again) => again === name)) continue; // after a wait
    it(`a refusal: ${name} is ${outcome}`, async () => {
      const error = await rejected(ask(await misbehaveInChat({ problem: name })));
      ok(error instanceof ChatError, String(error));
      equal(error.failure, outcome);
    });
  }
});
