import type * as z from "zod/mini";
import type { Answer } from "./answer";
import { invalidRequest } from "./refusal";

/** A body as its contract has it, or what is wrong with it. */
export function parseJson<Schema extends z.ZodMiniType>(
  text: string,
  schema: Schema,
): { body: z.infer<Schema> } | { refused: Answer } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refused: invalidRequest("Malformed JSON in request body") };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { body: parsed.data };
  const where = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return { refused: invalidRequest(where.join("; ")) };
}
