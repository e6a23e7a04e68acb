const format = (amount: number, language: string, maximumFractionDigits: number) =>
  new Intl.NumberFormat(language, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits,
  }).format(amount + 0); // no "-$0.00"

/** An exact amount in USD for people, with cents, and as many further digits as there are: `$12.50`, `$0.0001`. */
export const formatUsd = (amount: number | string, language: string) => format(Number(amount), language, 6);

/** A measured amount in USD for people: in cents, and a small one to two digits, so that it isn't rounded to nothing. */
export function formatSpending(amount: number, language: string): string {
  const size = Math.abs(amount);
  return format(amount, language, size > 0 && size < 1 ? Math.min(12, 1 - Math.floor(Math.log10(size))) : 2);
}
