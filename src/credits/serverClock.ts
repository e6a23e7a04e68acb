/** Milliseconds that the way of a response, and a header of whole seconds, can account for. */
const tolerance = 60_000;

/**
 * A time of this computer's clock, as OpenRouter's clock has it. Its keys expire and its limits reset by the latter,
 * and the former may be hours off. All times are in milliseconds since the epoch.
 * @param at when a response arrived, by this computer's clock
 * @param answeredAt the same by OpenRouter's clock, if it said so
 */
export function serverTime(time: number, at: number | undefined, answeredAt: number | undefined): number {
  if (at === undefined || answeredAt === undefined) return time;
  return Math.abs(answeredAt - at) < tolerance ? time : time + answeredAt - at;
}
