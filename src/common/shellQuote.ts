/** Quotes a text for `sh`, in which nothing but a quote has a meaning then (POSIX, Shell Command Language, 2.2.2). */
export const shellQuote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
