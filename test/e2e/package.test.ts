import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { maximumBytes } from "../../scripts/packageLimit.mjs";
import { packages } from "../tools/package.mjs";

/** Everything that should ship, sorted. */
const shipped = `
[Content_Types].xml
extension.vsixmanifest
extension/LICENSE.txt
extension/changelog.md
extension/dist/THIRD-PARTY-NOTICES.txt
extension/dist/extension.js
extension/dist/models.js
extension/dist/recentSpending.js
extension/dist/services.js
extension/dist/spendingPage.js
extension/dist/terminal/launcher.js
extension/dist/tools.js
extension/dist/web/extension.js
extension/l10n/bundle.l10n.de.json
extension/l10n/bundle.l10n.es.json
extension/l10n/bundle.l10n.ja.json
extension/l10n/bundle.l10n.zh-cn.json
extension/media/icon.png
extension/media/walkthrough/chat-dark.webp
extension/media/walkthrough/chat-light.webp
extension/media/walkthrough/connect-dark.webp
extension/media/walkthrough/connect-light.webp
extension/media/walkthrough/credits-dark.webp
extension/media/walkthrough/credits-light.webp
extension/media/walkthrough/tool-dark.webp
extension/media/walkthrough/tool-light.webp
extension/media/walkthrough/use.svg
extension/package.json
extension/package.nls.de.json
extension/package.nls.es.json
extension/package.nls.ja.json
extension/package.nls.json
extension/package.nls.zh-cn.json
extension/readme.md
`;

const vsix = readFileSync(packages.extension);

/** The file names in a zip file's central directory. */
function namesIn(zip: Buffer): string[] {
  const end = zip.lastIndexOf("PK\x05\x06");
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    if (name === undefined || extra === undefined || comment === undefined) throw new Error("Not a zip file");
    names.push(zip.toString("utf8", at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  expect(at, "the end of the directory").toBe(end);
  return names;
}

test("the package contains what should ship, and nothing else", () => {
  expect(namesIn(vsix).sort()).toEqual(shipped.trim().split("\n"));
});

test(`the package is smaller than ${maximumBytes / 1000} KB`, () => {
  expect(vsix.length).toBeLessThan(maximumBytes);
});
