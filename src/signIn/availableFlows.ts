import { type FlowId, flowsFor } from "./flows";
import type { SignInHost } from "./signInHost";
import { environmentSummary } from "./signInLog";

/** Finds out which flows work here, and logs that once for each change. */
export class AvailableFlows {
  #loggedSummary = "";

  constructor(private readonly host: Pick<SignInHost, "callbackUrl" | "environment" | "editor" | "log">) {}

  /** The flows that work, the one to begin with first. */
  async find(): Promise<FlowId[]> {
    const callbackUrl = await this.host.callbackUrl("").catch(() => undefined); // the same as having none
    const environment = { ...this.host.environment, callbackUrl };
    const flows = flowsFor(environment);
    const summary = `${this.host.editor}, ${environmentSummary(environment)}; flows: ${flows.join(", ")}`;
    if (summary !== this.#loggedSummary) this.host.log.info(summary);
    this.#loggedSummary = summary;
    return flows;
  }
}
