import { Emitter } from "../common/emitter";
import { type Amounts, noAmounts, spent, sum, toUsd } from "./amounts";

/** What a turn has cost: the requests from a question to its answer, with those between the calls of tools. */
export interface TurnCost {
  readonly usd: number;
  readonly isEstimate: boolean;
}

/** A request of a turn. */
export interface TurnRequest {
  estimate(amounts: Amounts): void;
  /** @param amounts undefined where it cost nothing */
  end(amounts: Amounts | undefined): void;
}

interface Turn {
  /** Of the requests that have ended. */
  ended: Amounts;
  readonly running: Set<{ amounts: Amounts }>;
}

/** Milliseconds for which a turn is shown after it has ended. */
const shownFor = 60_000;

/** The costs of turns, one for each extension. The one that went on last is shown. */
export class TurnCosts {
  readonly #turns = new Map<string, Turn>();
  readonly #changes = new Emitter<TurnCost | undefined>();
  /** Fires with what is to be shown; undefined where that is nothing. */
  readonly onDidChange = this.#changes.event;
  #shown: Turn | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** @param continues whether the request goes on with the extension's last turn */
  begin(extension: string, continues: boolean, amounts: Amounts): TurnRequest {
    const last = this.#turns.get(extension);
    // What is asked beside a turn, such as for a title, is a part of it.
    const isPart = continues || (last !== undefined && last.running.size > 0);
    const turn: Turn = (isPart && last) || { ended: noAmounts, running: new Set() };
    this.#turns.set(extension, turn);
    const request = { amounts };
    turn.running.add(request);
    this.#show(turn);
    return {
      estimate: (estimate) => {
        request.amounts = estimate;
        if (this.#shown === turn) this.#fire();
      },
      end: (cost = noAmounts) => {
        turn.running.delete(request);
        turn.ended = sum([turn.ended, cost]);
        this.#show(turn);
      },
    };
  }

  #show(turn: Turn): void {
    this.#shown = turn;
    clearTimeout(this.#timer);
    if (turn.running.size === 0)
      this.#timer = setTimeout(() => {
        // One that goes on is shown again. Turns that don't are kept: a tool may take longer than a minute.
        this.#shown = [...this.#turns.values()].findLast(({ running }) => running.size > 0);
        this.#fire();
      }, shownFor);
    this.#fire();
  }

  #fire(): void {
    const running = [...(this.#shown?.running ?? [])].map(({ amounts }) => amounts);
    const all = sum([this.#shown?.ended ?? noAmounts, ...running]);
    const cost = { usd: toUsd(spent(all)), isEstimate: all.estimatedRequests > 0 };
    // One that was refused, for example, is nothing to show, and one that nothing is known of isn't free.
    const isUnknown = all.requests === 0 || (cost.isEstimate && cost.usd === 0);
    this.#changes.fire(isUnknown ? undefined : cost);
  }
}
