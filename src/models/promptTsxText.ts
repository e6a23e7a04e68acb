import { isObject } from "../common/isObject";

/** `PromptNodeType.Text`; any other node has children. */
const textNode = 2;

/**
 * The text of a tool's result that was rendered with `@vscode/prompt-tsx` (`PromptElementJSON` in its
 * `src/base/jsonTypes.ts`); undefined for anything else. Images in it are left out.
 */
export function promptTsxText(value: unknown): string | undefined {
  const { node: root } = isObject(value) ? value : {};
  if (!isObject(root)) return undefined;
  const texts: string[] = [];
  const open: unknown[] = [root]; // in place of recursion, since it is as deep as another extension likes
  while (open.length > 0) {
    const node = open.pop();
    if (!isObject(node)) continue;
    const { type, text, lineBreakBefore, children } = node;
    if (type === textNode && typeof text === "string") texts.push(lineBreakBefore ? `\n${text}` : text);
    if (type !== textNode && Array.isArray(children))
      for (const child of children.toReversed()) open.push(child);
  }
  return texts.join("");
}
