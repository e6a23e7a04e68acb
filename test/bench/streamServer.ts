// A process of its own, so that the CPU of the streaming clients is theirs alone: streams answers to whatever is asked.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The chunks of an answer as OpenRouter's are, with so much text in each. */
const chunk = (content: string, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({
    id: "gen-1764150000-aBcDeFgHiJkLmNoPqRsT",
    provider: "Acme",
    model: "acme/talker",
    object: "chat.completion.chunk",
    created: 1_764_150_000,
    choices: [
      {
        index: 0,
        delta: { role: "assistant", content },
        finish_reason,
        native_finish_reason: finish_reason,
        logprobs: null,
      },
    ],
  })}\n\n`;

const usage = `data: ${JSON.stringify({
  id: "gen-1764150000-aBcDeFgHiJkLmNoPqRsT",
  provider: "Acme",
  model: "acme/talker",
  object: "chat.completion.chunk",
  created: 1_764_150_000,
  choices: [],
  usage: { prompt_tokens: 10, completion_tokens: 10_000, total_tokens: 10_010, cost: 0.01 },
})}\n\n`;
const end = `${chunk("", "stop")}${usage}data: [DONE]\n\n`;

/** As fast as the client reads. */
async function many(response: ServerResponse, chunks: number, characters: number): Promise<void> {
  const content = "word ".repeat(Math.ceil(characters / 5)).slice(0, characters);
  const one = chunk(content);
  for (let sent = 0; sent < chunks; sent++) {
    if (!response.write(one)) await new Promise((resolve) => response.once("drain", resolve));
  }
  response.end(end);
}

/** Each with the time at which it is sent, in nanoseconds of a clock that all processes share. */
async function timed(response: ServerResponse, chunks: number): Promise<void> {
  for (let sent = 0; sent < chunks; sent++) {
    response.write(chunk(String(process.hrtime.bigint())));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  response.end(end);
}

const server = createServer((request, response) => {
  request.resume();
  // The key says what is wanted: all clients send it alike.
  const [kind, chunks, characters] = (request.headers.authorization ?? "").replace("Bearer ", "").split("-");
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  void (kind === "timed"
    ? timed(response, Number(chunks))
    : many(response, Number(chunks), Number(characters)));
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.once("disconnect", () => process.exit());
