/** More than this many decimals are shown of no amount: tokens cost billionths of a dollar. */
const decimals = 9;

/** The amount, or zero where only a rest of floating-point arithmetic is left, such as 1.1e-16, which prints as zero. */
export const withoutRest = (usd: number) => (Math.abs(usd) < 0.5 / 10 ** decimals ? 0 : usd);

const format = (amount: number, language: string, maximumFractionDigits: number) =>
  new Intl.NumberFormat(language, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits,
    // Nobody has so much, and its digits would fill the status bar.
    ...(Math.abs(amount) >= 1e15 && { notation: "scientific" }),
  }).format(withoutRest(amount)); // no "-$0.00" either

/** Formats an exact amount in USD, with cents and any further digits: `$12.50`, `$0.0001`. */
export const formatUsd = (amount: number | string, language: string) =>
  format(Number(amount), language, decimals);

/** Formats a measured amount in USD: in cents, or, below a dollar, with two significant digits. */
export function formatSpending(amount: number, language: string): string {
  return format(amount, language, decimalsOf(amount, 2));
}

/** Formats what a request cost, in USD: as `formatSpending`, but below a dollar with four decimals at least. */
export const formatCost = (amount: number, language: string): string =>
  format(amount, language, decimalsOf(amount, 4));

/** Decimals: of less than a dollar so many that there are two significant digits. */
function decimalsOf(amount: number, least: number): number {
  const size = Math.abs(withoutRest(amount));
  if (size === 0 || size >= 1) return 2;
  return Math.min(decimals, Math.max(least, 1 - Math.floor(Math.log10(size))));
}
