/** An axis of amounts in billionths of a USD. */
export interface Axis {
  /** From zero to at least the greatest amount, at most five. */
  readonly ticks: readonly number[];
  /** How many decimals of a USD each of them has. */
  readonly decimals: number;
}

/** A cent, which an axis goes up to where all is nothing. */
const cent = 1e7;
/** Decimals of the smallest amount. */
const mostDecimals = 9;

/** Divides an axis at round amounts: 1, 2, or 5, and zeros. @param greatest in billionths of a USD, at least 0 */
export function axis(greatest: number): Axis {
  const [step, zeros] = roundStep((greatest || cent) / 4);
  const ticks = Array.from({ length: Math.ceil((greatest || cent) / step) + 1 }, (_, i) => i * step);
  const decimals = Math.max(0, mostDecimals - zeros);
  return { ticks, decimals: decimals === 1 ? 2 : decimals }; // no "$0.5"
}

/** The least round number from there on, and how many zeros it has. */
function roundStep(from: number): [step: number, zeros: number] {
  for (let [unit, zeros] = [1, 0]; ; unit *= 10, zeros++) {
    const step = [1, 2, 5].map((digit) => digit * unit).find((round) => round >= from);
    if (step !== undefined) return [step, zeros];
  }
}
