import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { escapeHtml } from "../../../src/common/plainText";
import { type PageContent, spendingPage } from "../../../src/spending/spendingPage";
import { hostileText } from "../../fakes/markup";

const nonce = "a-nonce";
/** A page with everything that there can be, where each text is this one. */
const page = (text: string): PageContent => ({
  language: text,
  title: text,
  notes: [text, text],
  links: [{ text, command: "connectOpenRouter.showSpending" }],
  sections: [
    {
      heading: text,
      links: [{ text, command: "connectOpenRouter.showSpending" }],
      picture: {
        chart: {
          label: text,
          ticks: [
            [0, text],
            [1, text],
          ],
          bars: [{ label: text, title: text, segments: [{ color: "series-1", value: 1, title: text }] }],
        },
        legend: [{ text, color: "series-1" }],
      },
    },
    {
      heading: text,
      notes: [text],
      table: {
        caption: text,
        columns: [{ text }, { text, color: "series-1" }, { text, isText: true }],
        rows: [[{ text, detail: text }, { text, tone: "error" }, { text }]],
        total: [{ text }, { text }, { text }],
      },
    },
  ],
});
const html = (text: string) => spendingPage(page(text), nonce);
/** Without the style, whose axis is as long as its texts. */
const tags = (page: string) => page.replace(/<style .*?<\/style>/s, "").match(/<[^>]*>/g) ?? [];
const attributes = (page: string) =>
  tags(page).flatMap((tag) => [...tag.matchAll(/\s([\w:-]+)(?:="[^"]*")?/g)].map(([, name = ""]) => name));

test("no text is markup: whatever it is, the page has the same elements, and the text as text", () => {
  const shape = (page: string) => tags(page).map((tag) => tag.replace(/="[^"]*"/g, ""));
  const ordinary = shape(html("ordinary"));
  fc.assert(
    fc.property(hostileText, (text) => {
      const hostile = html(text);
      assert.deepEqual(shape(hostile), ordinary);
      for (const part of [
        "<title>…</title>",
        "<h1>…</h1>",
        '<html lang="…">',
        'aria-label="…"',
        "<caption>…<",
      ])
        assert.ok(hostile.includes(part.split("…").join(escapeHtml(text))), part);
    }),
    { numRuns: 300 },
  );
});

test("the page runs nothing, loads nothing, and has no style but its own", () => {
  const text = html("ordinary");
  assert.ok(text.includes(`content="default-src 'none'; style-src 'nonce-${nonce}'"`));
  assert.ok(text.indexOf("Content-Security-Policy") < text.indexOf("<style"));
  assert.equal(text.match(/<style/g)?.length, 1);
  assert.ok(text.includes(`<style nonce="${nonce}">`));
  assert.doesNotMatch(text, /<script|<iframe|<img|<object|<link|<base|<form|@import|url\(/i);
  const names = new Set(attributes(text));
  for (const name of names) assert.doesNotMatch(name, /^(on\w*|style|src|srcset|srcdoc|action|formaction)$/i);
  assert.ok(names.has("href"));
  for (const [, target = ""] of text.matchAll(/href="([^"]*)"/g))
    assert.match(target, /^command:connectOpenRouter\.\w+$/);
});

test("tables are real ones: captions, headings with their scope, a total, and reachable by keyboard", () => {
  const text = html("ordinary").replace(/<style .*?<\/style>/s, "");
  const table = /<div class="table"[^>]*>.*?<\/div>/s.exec(text)?.[0] ?? "";
  assert.match(
    table,
    /^<div class="table" role="region" aria-labelledby="section-2" tabindex="0"><table>\n<caption>/,
  );
  assert.match(text, /<h2 id="section-2">/);
  assert.equal(text.match(/aria-labelledby/g)?.length, 1, "no other region has its name");
  const [head = "", body = "", foot = ""] = ["thead", "tbody", "tfoot"].map(
    (name) => new RegExp(`<${name}>.*?</${name}>`, "s").exec(table)?.[0] ?? "",
  );
  assert.equal(head.match(/<th scope="col"/g)?.length, 3);
  for (const part of [body, foot]) {
    assert.equal(part.match(/<th scope="row">/g)?.length, 1);
    assert.equal(part.match(/<td/g)?.length, 2);
  }
  assert.match(text, /<html lang="ordinary">/);
  assert.match(text, /<svg [^>]*role="img" aria-label="ordinary">/);
});
