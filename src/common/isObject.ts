/** Whether a value of JSON is an object, as opposed to an array, null, or a simple value. */
export const isObject = (value: unknown): value is { readonly [field: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
