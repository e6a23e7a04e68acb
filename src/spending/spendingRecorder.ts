import type { Session } from "../sessions/session";
import type { Ledger } from "./ledger";
import { type RequestCost, requestAmounts } from "./requestCost";
import { spendingExtension, spendingKey } from "./spending";
import type { TurnCosts } from "./turnCosts";

/** A request that begins. */
export interface RecordedRequest {
  /** The extension's id, if VS Code says which one it is. */
  readonly initiator: string | undefined;
  readonly model: string;
  /** Whose key pays. */
  readonly session: Session;
  /** Whether it goes on with the extension's last turn. */
  readonly continuesTurn: boolean;
}

/** Milliseconds after which a request that goes on is looked at again. */
const interval = 1000;

/** Keeps what each request costs, and what its turn does, from its beginning on. */
export class SpendingRecorder {
  constructor(
    private readonly ledger: Pick<Ledger, "begin">,
    private readonly turns: Pick<TurnCosts, "begin">,
    /** Called when a request has ended that cost something, and that is kept. */
    private readonly spent: (request: RecordedRequest, cost: RequestCost) => void,
  ) {}

  /**
   * @param cost what it has cost so far
   * @returns to be called when it has ended, with what it cost; undefined where that is nothing
   */
  begin(request: RecordedRequest, cost: () => RequestCost): (cost: RequestCost | undefined) => void {
    const { model, session, continuesTurn } = request;
    const extension = spendingExtension(request.initiator);
    const amounts = requestAmounts(cost());
    const kept = this.ledger.begin({ extension, model, key: spendingKey(session) }, amounts);
    const turn = this.turns.begin(extension, continuesTurn, amounts);
    const timer = setInterval(() => {
      const now = requestAmounts(cost());
      kept.estimate(now);
      turn.estimate(now);
    }, interval);
    return (end) => {
      clearInterval(timer);
      const total = end && requestAmounts(end);
      turn.end(total);
      const isKept = kept.end(total);
      if (end) void isKept.then(() => this.spent(request, end));
    };
  }
}
