import { OpenRouter } from "@openrouter/sdk";
import { createParser } from "eventsource-parser";
import OpenAI from "openai";
import { streamChat } from "../../src/models/streamChat";
import type { ChatBody } from "../../src/openrouter/chat";

/** Streams one answer, and counts its characters. The key tells the server what to answer. */
export type StreamClient = (url: string, key: string) => Promise<number>;

const message = { role: "user", content: "Hi" } as const;
const body: ChatBody = { model: "acme/talker", messages: [message], stream: true };

/** Ours, and what there is beside it. */
export const streamClients = {
  ours: async (url, key) => {
    let characters = 0;
    const { signal } = new AbortController();
    await streamChat(body, { fetch, baseUrl: url, key, signal }, (part) => {
      if (part.kind === "text") characters += part.text.length;
    });
    return characters;
  },

  /** The least that can be done: nothing is checked. */
  bare: async (url, key) => {
    let characters = 0;
    const response = await fetch(`${url}/api/v1/chat/completions`, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const parser = createParser({
      onEvent({ data }) {
        if (data !== "[DONE]") characters += JSON.parse(data).choices[0]?.delta.content.length ?? 0;
      },
    });
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done) return characters;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  },

  openai: async (url, key) => {
    let characters = 0;
    const client = new OpenAI({ apiKey: key, baseURL: `${url}/api/v1` });
    const chunks = await client.chat.completions.create({
      model: body.model,
      messages: [message],
      stream: true,
    });
    for await (const chunk of chunks) characters += chunk.choices[0]?.delta.content?.length ?? 0;
    return characters;
  },

  sdk: async (url, key) => {
    let characters = 0;
    const client = new OpenRouter({ apiKey: key, serverURL: `${url}/api/v1` });
    const chunks = await client.chat.send({
      chatRequest: { model: body.model, messages: [message], stream: true },
    });
    if (!(Symbol.asyncIterator in chunks)) throw new Error("No stream");
    for await (const chunk of chunks) characters += chunk.choices[0]?.delta.content?.length ?? 0;
    return characters;
  },
} satisfies Record<string, StreamClient>;
