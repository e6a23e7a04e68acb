import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import {
  CancellationError,
  CancellationTokenSource,
  ConfigurationTarget,
  LanguageModelChatMessageRole,
  LanguageModelError,
  type LanguageModelResponsePart,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
  workspace,
} from "vscode";
import type { ChatSpender, ChatSpending } from "../../../src/models/chatCost";
import type { UsedBudget } from "../../../src/models/chatError";
import { ChatPayer } from "../../../src/models/chatPayer";
import type { Access } from "../../../src/models/modelAccess";
import { ReasoningMemory } from "../../../src/models/reasoningMemory";
import { TokenEstimator } from "../../../src/models/tokenEstimator";
import type { OpenRouterModel } from "../../../src/openrouter/model";
import type { Session } from "../../../src/sessions/session";
import { fromUsd } from "../../../src/spending/amounts";
import { ChatAnswers } from "../../../src/vscode/models/chatAnswers";
import { ChatModelProvider } from "../../../src/vscode/models/chatModelProvider";
import { recordLog } from "../../fakes/editor";
import { session as sessionWith } from "../../fakes/windows";
import { model as modelWith } from "../../unit/models/anyModel";
import { chunk, events, finish, piece, stream, text, usageChunk } from "../../unit/models/streams";

const session = (changes: Partial<Session> = {}): Session => ({
  ...sessionWith("a"),
  key: "sk-or-v1-first",
  baseUrl: "https://openrouter.test",
  ...changes,
});
const model = modelWith("anthropic/claude-sonnet-4.5", { name: "Claude" });
const information = {
  id: model.id,
  name: "Claude",
  family: "claude-sonnet-4.5",
  version: "1",
  maxInputTokens: 1,
  maxOutputTokens: 1,
  capabilities: {},
};
const details = [{ type: "reasoning.text", text: "Well.", signature: "s", index: 0 }];
const answer = stream(
  chunk({ reasoning: "Well.", reasoning_details: details }),
  chunk({ content: "Hel" }),
  chunk({ content: "lo" }),
  chunk({ tool_calls: [{ ...piece(0, '{"at":1}', {}, "look"), id: "c1" }] }),
  finish("tool_calls"),
  usageChunk({ prompt_tokens: 11 }),
);

const user = (text: string) => ({
  role: LanguageModelChatMessageRole.User,
  content: [new LanguageModelTextPart(text)],
  name: undefined,
});

describe("Chat model provider", () => {
  const { fetch } = globalThis;
  /** What is sent: the key, and the body. */
  let sent: { key: string | null; body: { [name: string]: unknown } }[];
  let respond: (signal: AbortSignal | null | undefined) => Promise<Response>;
  let active: Session | undefined;
  let connects: boolean;
  let access: (initiator: string | undefined) => Promise<Access>;
  let find: () => Promise<OpenRouterModel | undefined>;
  /** What the budgets are told of the request itself, each time that they are asked. */
  let noticed: number[];
  let used: UsedBudget | "invalid" | undefined;
  let refused: string[];
  let lines: string[];
  let learned: number;
  let memory: ReasoningMemory;
  let spendings: { request: ChatSpender; end: ChatSpending | undefined | "running" }[];
  let answers: ChatAnswers;
  /** The extensions that got an answer. */
  let answered: string[];
  let provider: ChatModelProvider;

  beforeEach(() => {
    [sent, refused, learned, spendings, used, noticed] = [[], [], 0, [], undefined, []];
    active = session();
    connects = true;
    find = async () => model;
    respond = async () => new Response(answer, { headers: { "Content-Type": "text/event-stream" } });
    access = async () => "allowed";
    memory = new ReasoningMemory();
    globalThis.fetch = async (_, init) => {
      const headers = new Headers(init?.headers);
      sent.push({ key: headers.get("Authorization"), body: JSON.parse(String(init?.body)) });
      return respond(init?.signal);
    };
    const { log, lines: recorded } = recordLog();
    lines = recorded;
    const services = {
      log: log as never,
      activeSession: async () => active,
      sessions: async () => (active ? [active] : []),
      async connect() {
        if (connects) active = session();
        return connects;
      },
      keyRefused: ({ key }: Session) => void refused.push(key),
      message: (error: unknown) => (error instanceof Error ? `Told: ${error.message}` : undefined),
      termsOf: () => ({ limit: 10, reset: "monthly", expiresAt: undefined }),
    };
    const tokens = new TokenEstimator();
    const offered = {
      find: () => find(),
      get: async () =>
        active ? [{ ...information, isUserSelectable: true, pricing: "", maxContextWindowTokens: 1 }] : [],
    };
    const payer = new ChatPayer(services, { check: async (initiator) => access(initiator) }, offered, {
      async check(_, noted) {
        noticed.push(noted);
        return used;
      },
    });
    answered = [];
    answers = new ChatAnswers({
      payer,
      find: async (id) => modelWith(id, { prices: { prompt: 0.01, completion: 0.1 } }),
      log: services.log,
      memory,
      tokens,
      learned: () => void learned++,
      answered: (extension) => void answered.push(extension),
      spendings: {
        begin(request) {
          const index = spendings.push({ request, end: "running" }) - 1;
          return (end) => {
            spendings[index] = { request, end };
          };
        },
      },
    });
    provider = new ChatModelProvider(services, offered, answers, tokens);
  });
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  /** Asks as this extension, and returns the parts of the answer. */
  async function ask(initiator = "some.extension", source = new CancellationTokenSource(), options = {}) {
    const parts: LanguageModelResponsePart[] = [];
    const messages = [user("Hello")];
    const request = { requestInitiator: initiator, toolMode: 1, ...options };
    await provider.provideLanguageModelChatResponse(
      information,
      messages,
      request,
      { report: (part) => void parts.push(part) },
      source.token,
    );
    return parts;
  }

  it("answers with texts, reasoning that comes back, whole tool calls, and the tokens", async () => {
    const parts = await ask();
    const texts = parts.filter((part) => part instanceof LanguageModelTextPart).map(({ value }) => value);
    equal(texts.join(""), "Hello");
    const calls = parts.filter((part) => part instanceof LanguageModelToolCallPart);
    deepEqual(
      calls.map(({ callId, name, input }) => [callId, name, input]),
      [["c1", "look", { at: 1 }]],
    );
    const thinking = parts.filter((part) => "metadata" in part) as unknown as { metadata: object }[];
    deepEqual(thinking.at(-1)?.metadata, { model: model.id, reasoning_details: details });
    const data = parts.find((part) => "mimeType" in part) as unknown as {
      mimeType: string;
      data: Uint8Array;
    };
    equal(data.mimeType, "usage");
    const { prompt_tokens: prompt, total_tokens: total } = JSON.parse(new TextDecoder().decode(data.data));
    deepEqual([prompt, total], [11, 31]);
    equal(sent[0]?.key, "Bearer sk-or-v1-first");
    deepEqual(sent[0]?.body.messages, [{ role: "user", content: "Hello" }]);
    deepEqual(answered, ["some.extension"]);
    deepEqual(memory.recall(model.id, [{ id: "c1", name: "look", input: { at: 1 } }]), details);
    ok(lines.some((line) => line.includes(`${model.id} for some.extension`)));
    ok(!/Hello|look/.test(lines.join()), "nothing of the chat is logged");
  });

  it("sends nothing before the user allows it, and then with the key that is in use by then", async () => {
    access = async (initiator) => {
      equal(initiator, "some.extension");
      deepEqual(sent, []);
      active = session({ key: "sk-or-v1-second" });
      return "allowed";
    };
    await ask();
    deepEqual(
      sent.map(({ key }) => key),
      ["Bearer sk-or-v1-second"],
    );
  });

  it("asks again about another account that was put in use during the question", async () => {
    let questions = 0;
    access = async () => {
      if (questions++ === 0) active = session({ id: "b" });
      return "allowed";
    };
    await ask();
    equal(questions, 2);
  });

  const whatEnds: [string, () => void, RegExp][] = [
    [
      "the key is removed",
      () => {
        active = undefined;
      },
      /You're not connected/,
    ],
    [
      "the extension is no longer allowed",
      () => {
        access = async () => "denied";
      },
      /some\.extension isn't allowed/,
    ],
  ];
  for (const [what, end, message] of whatEnds) {
    it(`sends nothing when ${what} while it waits for the list of models`, async () => {
      find = async () => {
        end();
        return model;
      };
      await rejects(ask(), message);
      deepEqual(sent, []);
    });

    it(`sends nothing a second time when ${what} in the pause before it`, async () => {
      respond = async () => {
        end();
        const error = { error: { code: 429, message: "Rate limited" } };
        return Response.json(error, { status: 429, headers: { "Retry-After": "0" } });
      };
      await rejects(ask(), message);
      equal(sent.length, 1);
    });
  }

  it("is sent a second time where nothing changed", async () => {
    const succeed = respond;
    respond = async () => {
      respond = succeed;
      return Response.json({}, { status: 503, headers: { "Retry-After": "0" } });
    };
    find = async () => ({ ...model, prices: { prompt: 0.001, completion: 0.002 } });
    await ask();
    equal(sent.length, 2);
    const [first, second = 0] = noticed;
    equal(first, 0);
    ok(second > 0 && second % fromUsd(0.001) === 0, "its own estimate doesn't count against it");
  });

  const refusals = [
    ["denied", /^some\.extension isn't allowed/],
    ["unanswered", /^You didn't say in time whether some\.extension may use/],
  ] as const;
  for (const [answered, message] of refusals) {
    it(`is refused when it's ${answered}, with nothing sent`, async () => {
      access = async () => answered;
      await rejects(ask(), (error) => {
        ok(error instanceof LanguageModelError);
        equal(error.code, LanguageModelError.NoPermissions().code);
        return message.test(error.message);
      });
      deepEqual(sent, []);
    });
  }

  it("is refused when its budget is used up, with nothing sent", async () => {
    used = { spent: 5, budget: 5, since: "2026-11-01", resets: "2026-12-01" };
    await rejects(ask(), (error) => {
      ok(error instanceof LanguageModelError);
      equal(error.code, LanguageModelError.Blocked().code);
      return /^some\.extension has spent \$5\.00 of its budget of \$5\.00 since November 1\./.test(
        error.message,
      );
    });
    deepEqual(answered, []);
    await rejects(ask("GitHub.copilot-chat"), (error: Error) => {
      match(error.message, /^VS Code\\'s chat has spent \\\$5/);
      return /\[Change Budget\]\([\w-]+:\/\/[\w.-]+\/setting\?name=extensionBudgets\)$/.test(error.message);
    });
    used = "invalid";
    await rejects(ask(), /A budget in the setting connectOpenRouter\.extensionBudgets isn't an amount/);
    deepEqual(sent, []);
  });

  it("sends nothing a second time when the budget is used up in the pause before it", async () => {
    respond = async () => {
      used = { spent: 5, budget: 5, since: "2026-11-01", resets: "2026-12-01" };
      return Response.json({}, { status: 503, headers: { "Retry-After": "0" } });
    };
    await rejects(ask(), /has spent \$5\.00/);
    equal(sent.length, 1);
  });

  it("says that there is no key where it was removed during the question", async () => {
    access = async () => {
      active = undefined;
      return "unanswered";
    };
    await rejects(ask(), /You're not connected/);
  });

  it("sends nothing without a key, to an unknown model, without content, or with an invalid setting", async () => {
    active = undefined;
    await rejects(ask(), /You're not connected/);
    active = session();
    connects = true;
    find = async () => undefined;
    await rejects(ask(), /no model Claude/);
    find = async () => model;
    const routing = workspace.getConfiguration("connectOpenRouter");
    await routing.update("providerRouting", ["zdr"], ConfigurationTarget.Global);
    try {
      await rejects(ask(), /providerRouting must be an object/);
      await routing.update("providerRouting", { zdr: true }, ConfigurationTarget.Global);
      equal(sent.length, 0);
      await ask();
      deepEqual(sent[0]?.body.provider, { zdr: true });
    } finally {
      await routing.update("providerRouting", undefined, ConfigurationTarget.Global);
    }
  });

  it("ends with a cancellation, before, during the question, and in mid-stream", async () => {
    const canceled = (error: unknown) => error instanceof CancellationError;
    const before = new CancellationTokenSource();
    before.cancel();
    await rejects(ask("some.extension", before), canceled);
    const during = new CancellationTokenSource();
    access = async () => {
      during.cancel();
      return "unanswered";
    };
    await rejects(ask("some.extension", during), canceled);
    deepEqual(sent, []);

    access = async () => "allowed";
    const middle = new CancellationTokenSource();
    let aborted = false;
    respond = async (signal) => {
      signal?.addEventListener("abort", () => {
        aborted = true;
      });
      setTimeout(() => middle.cancel());
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(events(text("He")))),
      });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    };
    await rejects(ask("some.extension", middle), canceled);
    ok(aborted);
    equal(spendings.length, 1, "only what was sent may be charged");
    const { end } = spendings[0] ?? {};
    ok(typeof end === "object" && end.isEstimate && end.completionTokens > 0);
  });

  it("estimates what an answer cost that went on where the connection broke", async () => {
    respond = async () => {
      const body = new ReadableStream({
        pull: (controller) => controller.error(new TypeError("terminated")),
      });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    };
    await rejects(ask());
    const { end } = spendings[0] ?? {};
    ok(typeof end === "object" && end.isEstimate && end.promptTokens > 0, JSON.stringify(end));
  });

  it("estimates what a router's canceled answer cost by the prices of the model that answered", async () => {
    const cancel = new CancellationTokenSource();
    respond = async () => {
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(events(text("He")))),
        pull: () => void setTimeout(() => cancel.cancel()),
      });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    };
    await rejects(ask("some.extension", cancel));
    const { end } = spendings[0] ?? {};
    ok(typeof end === "object" && end.isEstimate && end.cost >= 0.11, JSON.stringify(end));
  });

  it("stops in mid-stream when the key is removed, and when no other one is", async () => {
    let isAborted = false;
    respond = async (signal) => {
      signal?.addEventListener("abort", () => {
        isAborted = true;
      });
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(events(text("He")))),
        pull() {
          answers.stop("another");
          ok(!isAborted);
          answers.stop("a");
        },
      });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    };
    await rejects(ask(), /You're not connected/);
    ok(isAborted);
  });

  it("has an error with a link and without a stack for VS Code's chat, and one with a type for extensions", async () => {
    respond = async () =>
      Response.json({ error: { code: 402, message: "Insufficient credits" } }, { status: 402 });
    deepEqual(answered, []);
    await rejects(ask("GitHub.copilot-chat"), (error: Error) => {
      equal(error.stack, "");
      return /Add Credits\]\(https:\/\/openrouter\.test\/credits\)$/.test(error.message);
    });
    await rejects(ask(), (error) => error instanceof LanguageModelError && !error.message.includes("]("));
    ok(
      lines.every((line) => !line.includes("sk-or-v1")),
      "no key is logged",
    );
  });

  it("reports a key that OpenRouter rejects", async () => {
    respond = async () =>
      Response.json({ error: { code: 401, message: "User not found." } }, { status: 401 });
    await rejects(ask(), /OpenRouter rejected your key VS Code a \(sk-or-v1-/);
    deepEqual(refused, ["sk-or-v1-first"]);
    deepEqual(
      spendings.map(({ end }) => end),
      [undefined],
    );
  });

  it("keeps who spent what, from the beginning on, also where the answer fails in the end", async () => {
    const told = { prompt_tokens: 11, cost: 0.25, prompt_tokens_details: { cached_tokens: 4 } };
    const bad = [piece(0, "{", {}, "look")].map((call) => chunk({ tool_calls: [{ ...call, id: "c1" }] }));
    let atBeginning: unknown;
    respond = async () => {
      atBeginning = spendings[0]?.end;
      const body = stream(...bad, finish("tool_calls"), usageChunk(told));
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    };
    await rejects(ask("Some.Extension"), /called the tool look in a wrong way/);
    equal(atBeginning, "running");
    const [{ request, end } = {}] = spendings;
    deepEqual(
      [request?.initiator, request?.model, request?.session.id, request?.continuesTurn],
      ["Some.Extension", model.id, "a", false],
    );
    deepEqual(end, {
      promptTokens: 11,
      completionTokens: 20,
      cachedTokens: 4,
      reasoningTokens: 0,
      cost: 0.25,
      isEstimate: false,
    });
  });

  it("knows which requests go on with a turn: those with the results of tools", async () => {
    const call = new LanguageModelToolCallPart("c1", "look", {});
    const result = new LanguageModelToolResultPart("c1", [new LanguageModelTextPart("Nothing")]);
    const messages = [
      user("Hello"),
      { role: LanguageModelChatMessageRole.Assistant, content: [call], name: undefined },
      { role: LanguageModelChatMessageRole.User, content: [result], name: undefined },
    ];
    const { token } = new CancellationTokenSource();
    const options = { toolMode: 1 };
    await provider.provideLanguageModelChatResponse(information, messages, options, { report() {} }, token);
    equal(spendings[0]?.request.continuesTurn, true);
  });

  it("says that an answer was cut off, unless the extension set a limit", async () => {
    const cut = stream(chunk({ content: "And so" }, "length"));
    respond = async () => new Response(cut, { headers: { "Content-Type": "text/event-stream" } });
    await rejects(ask(), /longer than Claude can write/);
    const parts = await ask("some.extension", undefined, { modelOptions: { max_tokens: 2 } });
    equal(parts.length, 1);
  });

  it("offers nothing when that is turned off, and connects where VS Code may ask", async () => {
    const list = async (silent: boolean) =>
      (await provider.provideLanguageModelChatInformation({ silent })).length;
    active = undefined;
    connects = false; // and says why
    deepEqual([await list(true), await list(false)], [0, 0]);
    connects = true;
    deepEqual([await list(true), await list(false)], [0, 1]);
    const configuration = workspace.getConfiguration("connectOpenRouter");
    await configuration.update("offerModels", false, ConfigurationTarget.Global);
    try {
      equal(await list(true), 0);
    } finally {
      await configuration.update("offerModels", undefined, ConfigurationTarget.Global);
    }
  });

  it("learns how a model counts", async () => {
    const long = "An ordinary sentence that says nothing at all. ".repeat(100);
    const counted = stream(chunk({ content: "Yes" }, "stop"), usageChunk({ prompt_tokens: 1500 }));
    respond = async () => new Response(counted, { headers: { "Content-Type": "text/event-stream" } });
    const before = await provider.provideTokenCount(information, long);
    const messages = [user(long)];
    const { token } = new CancellationTokenSource();
    await provider.provideLanguageModelChatResponse(
      information,
      messages,
      { toolMode: 1 },
      { report() {} },
      token,
    );
    equal(learned, 1);
    const after = await provider.provideTokenCount(information, long);
    ok(Math.abs(after - 1500) < Math.abs(before - 1500), `${before}, then ${after}`);
    match(lines.join("\n"), /"promptTokens":1500/);
  });
});
