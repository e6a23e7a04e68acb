const format = (amount: number, language: string, maximumFractionDigits: number) =>
  new Intl.NumberFormat(language, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits,
  }).format(amount + 0); // no "-$0.00"

/** Formats an exact amount in USD, with cents and any further digits: `$12.50`, `$0.0001`. */
export const formatUsd = (amount: number | string, language: string) => format(Number(amount), language, 6);

/** Formats a measured amount in USD: in cents, or, below a dollar, with two significant digits. */
export function formatSpending(amount: number, language: string): string {
  const size = Math.abs(amount);
  return format(amount, language, size > 0 && size < 1 ? Math.min(12, 1 - Math.floor(Math.log10(size))) : 2);
}
