/** Whether this is HTML or XML, which OpenRouter's API never sends. */
export const isPage = (text: string) => /^\s*</.test(text);
