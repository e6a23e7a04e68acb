import { isObject } from "../common/isObject";

/** The input of a tool call as JSON; undefined where it is no object, or can't be JSON. */
export function toolArguments(input: unknown): string | undefined {
  try {
    return isObject(input) ? JSON.stringify(input) : undefined;
  } catch {
    return undefined; // a cycle, or a number that JSON doesn't have
  }
}
