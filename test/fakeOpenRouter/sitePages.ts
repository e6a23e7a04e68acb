import type { Answer } from "./answer";
import { hashOf, type IssuedKey, maskedLabel } from "./keys";
import { escapeHtml, page } from "./page";

/** The pages of OpenRouter's site that the extension links to. Each has just a heading, so that links work. */
export function sitePage(path: string, query: string, keys: readonly IssuedKey[]): Answer {
  const findByHash = (hash: string | null | undefined) => keys.find((issued) => hashOf(issued) === hash);
  const [, folder, rest] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];

  if (folder === "" && !rest) return found("OpenRouter");
  if (folder === "credits" && !rest) return found("Credits");
  if (folder === "settings") return found(`Settings: ${rest || "general"}`);
  if (folder === "keys") {
    if (!rest) return found("API keys");
    const issued = findByHash(rest);
    return issued ? found("API key", nameOf(issued)) : notFound("No key has this hash");
  }
  if (folder === "logs" && !rest) {
    const hash = new URLSearchParams(query).get("api_key_hash");
    if (hash === null) return found("Logs");
    const issued = findByHash(hash);
    return issued ? found("Logs of one API key", nameOf(issued)) : notFound("No key has this hash");
  }
  return notFound("This page doesn't exist");
}

function nameOf(issued: IssuedKey): string {
  return `${issued.label}, ${maskedLabel(issued)}${issued.disabled ? ", disabled" : ""}`;
}

function found(title: string, text = "OpenRouter has a page here."): Answer {
  return { status: 200, body: page(title, `<p>${escapeHtml(text)}</p>`) };
}

function notFound(text: string): Answer {
  return { status: 404, body: page("Not found", `<p>${escapeHtml(text)}</p>`) };
}
