/**
 * Whether a text is a credit limit as OpenRouter's authorization request takes it: USD, as a decimal such as `12.5`.
 * Fifteen digits are as many as a number holds exactly, and stay clear of exponent form on the wire.
 */
export const isCreditLimit = (text: string) => /^\d{1,15}(\.\d{1,6})?$/.test(text);
