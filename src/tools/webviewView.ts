import { isObject } from "../common/isObject";

/** The id of the first view in an extension's manifest that shows a page of its own; undefined where there is none. */
export function webviewView(manifest: unknown): string | undefined {
  const views = field(field(manifest, "contributes"), "views");
  const lists = isObject(views) ? Object.values(views) : [];
  const all: unknown[] = lists.flatMap((list) => (Array.isArray(list) ? list : []));
  const id = field(
    all.find((view) => field(view, "type") === "webview"),
    "id",
  );
  return typeof id === "string" ? id : undefined;
}

const field = (value: unknown, name: string) => (isObject(value) ? value[name] : undefined);
