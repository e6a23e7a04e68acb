import * as z from "zod/mini";

const manifestSchema = z.object({
  contributes: z.object({
    views: z.record(z.string(), z.array(z.object({ id: z.string(), type: z.optional(z.string()) }))),
  }),
});

/** The id of the first view in an extension's manifest that shows a page of its own; undefined where there is none. */
export function webviewView(manifest: unknown): string | undefined {
  const parsed = z.safeParse(manifestSchema, manifest);
  const views = Object.values(parsed.data?.contributes.views ?? {}).flat();
  return views.find(({ type }) => type === "webview")?.id;
}
