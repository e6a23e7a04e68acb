/** At most so many decimals count: amounts are whole billionths of a USD. */
const decimals = 9;

/**
 * USD as the user enters them: `5`, `12.50`, `$5`, or with a decimal comma. Undefined for anything else, such as
 * `1,000`, which is a thousand for some and one for others.
 */
export function parseEnteredUsd(text: string): number | undefined {
  const [, number] = /^\s*\$?\s*(\d{1,9}(?:\.\d{1,9}|,\d{1,2})?)\s*$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number.replace(",", "."));
}

/** USD as the user could have entered them. */
export const enterableUsd = (usd: number) => usd.toFixed(decimals).replace(/\.?0+$/, "") || "0";
