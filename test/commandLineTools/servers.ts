import { createModel } from "../fakeOpenRouter/fakeModel";
import { type FakeOpenRouterOptions, startFakeOpenRouter } from "../fakeOpenRouter/fakeOpenRouter";

export const question = "Which color has the lighthouse";
export const answer = "The lighthouse is painted green.";

/** No tool has heard of it. */
export const model = "acme/unheard-of-1.5";

/** Claude Code asks for these when no model is chosen. */
const claudes = ["opus-5.5", "sonnet-5", "haiku-4.5"].map((name) => `anthropic/claude-${name}`);

/** Our fake OpenRouter, which gives every question the same answer, and another server, which refuses everything. */
export async function startServers(options: FakeOpenRouterOptions) {
  const [fakeOpenRouter, otherServer] = [await startFakeOpenRouter(options), await startFakeOpenRouter()];
  const top_provider = { context_length: 1_000_000, max_completion_tokens: 128_000, is_moderated: false };
  fakeOpenRouter.models = [model, ...claudes].map((id) => createModel({ id, top_provider }));
  fakeOpenRouter.answer({ parts: [answer] });
  // Not with a status after which tools try again.
  otherServer.misbehave({ all: { answer: { status: 400 } } });
  return { fakeOpenRouter, otherServer };
}
