/** An amount in USD for people, with cents, and as many further digits as there are: `$12.50`, `$0.0001`. */
export const formatUsd = (amount: number | string, language: string) =>
  new Intl.NumberFormat(language, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(Number(amount));
