import { randomBytes } from "node:crypto";
import type { JsonObject } from "./answer";
import { AnswerSoFar } from "./answerSoFar";
import { bill } from "./billing";
import type { ChatApi } from "./chatApi";
import { type AnswerContext, chatEvents, type StreamEvent } from "./chatEvents";
import type { ChatScript, ReasoningDetail } from "./chatScript";
import { until } from "./chatStream";
import type { FakeModel } from "./fakeModel";
import { countTokens } from "./tokens";

export interface AnswerOptions {
  script: ChatScript;
  model: FakeModel;
  promptTokens: number;
  /** Milliseconds since the epoch. */
  now: number;
  charge(usd: number): void;
  /** The reasoning so far belongs to a tool call with this id. */
  remember(toolCallId: string, details: readonly ReasoningDetail[]): void;
}

/** One answer of a model, which is paid for as far as it goes. */
export class ChatAnswer {
  readonly context: AnswerContext;
  readonly soFar = new AnswerSoFar();
  readonly #options: AnswerOptions;
  #settled = false;

  constructor(options: AnswerOptions) {
    const { script, model, now } = options;
    const [author = ""] = model.id.split("/");
    this.#options = options;
    this.context = {
      id: `gen-${Math.floor(now / 1000)}-${randomBytes(10).toString("hex")}`,
      model: script.model ?? model.id,
      provider: script.provider ?? author.charAt(0).toUpperCase() + author.slice(1),
      created: Math.floor(now / 1000),
      soFar: this.soFar,
      usage: () => this.#settle(),
      calls: (id) => options.remember(id, this.soFar.details),
    };
  }

  /** The answer as a stream. Where it breaks off, what was said until then is paid. */
  async *events(): AsyncGenerator<StreamEvent> {
    try {
      yield* chatEvents(this.#options.script, this.context);
    } finally {
      if (this.soFar.failed || this.soFar.paidText === "") this.#settled = true;
      if (!this.#settled) await this.#settle();
    }
  }

  /** The answer as JSON, once it is whole. */
  async *inOnePiece(result: ChatApi["result"], left: AbortSignal): AsyncGenerator<Uint8Array | "reset"> {
    for await (const event of this.events()) {
      if (event === "close") return;
      if (event === "reset") yield "reset";
      if (event === "stall") await until(new Promise(() => {}), left);
      if (typeof event === "object" && "hold" in event) await until(event.hold, left);
    }
    yield Buffer.from(JSON.stringify(await result(this.context)));
  }

  /** Charges once. Returns the usage to send. */
  async #settle(): Promise<JsonObject | null> {
    const { script, model, promptTokens: prompt, charge } = this.#options;
    const completion = await countTokens(this.soFar.paidText);
    const reasoning = await countTokens(this.soFar.reasoning);
    const { cost, usage } = bill(model, { prompt, completion, reasoning }, script.cost);
    if (!this.#settled) charge(cost);
    this.#settled = true;
    return script.usage === null ? null : { ...usage, ...script.usage };
  }
}
