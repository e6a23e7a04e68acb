import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { escapeHtml, escapeMarkdown, plainText } from "../../../src/common/plainText";
import { findIcon, findLink, hostileText } from "../../fakes/markup";

/** What a user sees of a text. */
const seen = (text: string) => text.replaceAll("\u2060", "");

test("an ordinary text stays as it is", () => {
  for (const text of ["", "sk-or-v1-0e6...1c96", "Größe & 価格: 5 % (EU)", "👩‍💻 laptop ❤️", "می‌خواهم"]) {
    assert.equal(plainText(text), text);
  }
});

const readable: [what: string, text: string, expected: string][] = [
  ["a link", "[x](command:workbench.action.quit)", "[x](command:workbench.action.quit)"],
  ["an icon", "$(zap) \\$(zap)", "$(zap) \\$(zap)"],
  ["several lines", " one \u200b\r\ntwo\tthree\u2028four\u00a0 ", "one two three four"],
  ["a text that changes its direction", "\u202egnp.exe\u202c \u2066\u200fa\u2069", "gnp.exe a"],
  ["a text with invisible characters", "a\0\x1b[31m\u007f\u200b\u2060\ufeff\u3164\u{e0041}b", "a[31m b"],
  ["a text with halves of characters", "\ud800half\udc00", "half"],
  ["a text of 100 characters", "😀".repeat(100), "😀".repeat(100)],
  ["a longer text", "😀".repeat(101), `${"😀".repeat(100)}…`],
];
for (const [what, text, expected] of readable) {
  test(`${what} becomes one readable line`, () => {
    assert.equal(seen(plainText(text)), expected);
  });
}

test("no text becomes a link or an icon, whatever the texts around it", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (a, b) => {
      for (const text of [
        plainText(a),
        `${plainText(a)}${plainText(b)}`,
        `${plainText(a)}(${plainText(b)})`,
      ]) {
        assert.equal(findLink(text), undefined);
        assert.equal(findIcon(text), undefined);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a plain text stays the same when it is made plain again", () => {
  fc.assert(fc.property(hostileText, (text) => plainText(plainText(text)) === plainText(text)));
});

test("in HTML, a text is neither an element nor the end of an attribute", () => {
  assert.equal(
    escapeHtml(`<a href='x' title="&amp;">`),
    "&#60;a href=&#39;x&#39; title=&#34;&#38;amp;&#34;&#62;",
  );
});

test("in Markdown, all ASCII punctuation is escaped, and lines are joined", () => {
  const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  assert.equal(escapeMarkdown(punctuation), punctuation.replace(/./g, "\\$&"));
  assert.equal(escapeMarkdown("a\n\nb 1ü"), "a b 1ü");
});
