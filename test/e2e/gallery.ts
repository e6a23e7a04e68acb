import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { packages } from "../tools/package.mjs";
import { root } from "../tools/paths.mjs";

/** The files of our extension by their asset types. */
const assets: Readonly<Record<string, { path: string; type: string }>> = {
  "Microsoft.VisualStudio.Code.Manifest": { path: join(root, "package.json"), type: "application/json" },
  "Microsoft.VisualStudio.Services.Content.Details": { path: join(root, "README.md"), type: "text/markdown" },
  "Microsoft.VisualStudio.Services.Content.Changelog": {
    path: join(root, "CHANGELOG.md"),
    type: "text/markdown",
  },
  "Microsoft.VisualStudio.Services.Icons.Default": { path: join(root, "media/icon.png"), type: "image/png" },
  "Microsoft.VisualStudio.Services.VSIXPackage": { path: packages.extension, type: "application/zip" },
  // VS Code installs nothing without a signature. That of code-server can't check one, so any file will do.
  "Microsoft.VisualStudio.Services.VsixSignature": { path: packages.extension, type: "application/zip" },
};

const manifest = readJson("package.json");
const texts = readJson("package.nls.json");
const id = `${manifest.publisher}.${manifest.name}`;

/**
 * What VS Code's Extensions view asks for extensions, as it asks the Marketplace or Open VSX. There is only ours, as
 * packaged, and by a publisher that VS Code doesn't know.
 * @param serverUrl of code-server, which passes requests on: VS Code's Content-Security-Policy lets its window use
 *   http only there
 */
export async function startGallery(serverUrl: string): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", url);
    const asset = assets[pathname.slice("/assets/".length)];
    if (asset) {
      response.setHeader("Content-Type", asset.type);
      response.end(readFileSync(asset.path));
    } else if (pathname === "/extensionquery") {
      const found = isAskedFor(await text(request)) ? [describe(url)] : [];
      const metadataItems = [{ name: "TotalCount", count: found.length }];
      const resultMetadata = [{ metadataType: "ResultCount", metadataItems }];
      response.end(JSON.stringify({ results: [{ extensions: found, resultMetadata }] }));
    } else if (pathname === `/vscode/${manifest.publisher}/${manifest.name}/latest`) {
      response.end(JSON.stringify(describe(url)));
    } else {
      response.writeHead(404).end();
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `${serverUrl}/proxy/${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close() };
}

/** Whether the query is for our extension, by its id or by a word of its name. */
function isAskedFor(query: string): boolean {
  const { filters } = JSON.parse(query);
  return filters.some(({ criteria }: { criteria: { filterType: number; value: string }[] }) =>
    criteria.some(
      ({ filterType, value }) =>
        (filterType === 7 && value.toLowerCase() === id) || (filterType === 10 && /openrouter/i.test(value)),
    ),
  );
}

/** Our extension in the gallery's words. */
function describe(url: string) {
  const time = "2026-11-01T00:00:00Z";
  const files = Object.keys(assets).map((assetType) => ({ assetType, source: `${url}/assets/${assetType}` }));
  const properties = [{ key: "Microsoft.VisualStudio.Code.Engine", value: manifest.engines.vscode }];
  return {
    publisher: {
      publisherId: manifest.publisher,
      publisherName: manifest.publisher,
      displayName: manifest.publisher,
    },
    extensionId: "00000000-0000-4000-8000-000000000000",
    extensionName: manifest.name,
    displayName: manifest.displayName,
    shortDescription: texts.description,
    flags: "validated, public, preview",
    releaseDate: time,
    publishedDate: time,
    lastUpdated: time,
    categories: manifest.categories,
    tags: manifest.keywords,
    statistics: [],
    versions: [
      {
        version: manifest.version,
        lastUpdated: time,
        assetUri: `${url}/assets`,
        fallbackAssetUri: `${url}/assets`,
        files,
        properties,
      },
    ],
  };
}

function readJson(path: string) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}
