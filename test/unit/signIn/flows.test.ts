import assert from "node:assert/strict";
import { test } from "node:test";
import { type Environment, type FlowId, flowsFor } from "../../../src/signIn/flows";

const desktop = { uiKind: "desktop", extensionHost: "node", local: true } as const;
const remote = { uiKind: "desktop", extensionHost: "node", local: false } as const; // the extension runs on the remote side
const browser = { uiKind: "web", extensionHost: "node", local: false } as const;
const worker = { uiKind: "web", extensionHost: "webWorker", local: true } as const;
const link = (scheme: string) => `${scheme}://connect-openrouter.connect-openrouter/callback?windowId=1`;

const all: FlowId[] = ["uriCallback", "loopback", "codeEntry"];
const noLoopback: FlowId[] = ["uriCallback", "codeEntry"];
const codeOnly: FlowId[] = ["codeEntry"];

for (const [name, environment, expected] of [
  ["desktop", { ...desktop, callbackUrl: link("vscode") }, all],
  ["Insiders", { ...desktop, callbackUrl: link("vscode-insiders") }, all],
  ["VSCodium", { ...desktop, callbackUrl: link("vscodium") }, all],
  ["Cursor", { ...desktop, callbackUrl: link("cursor") }, all],
  ["Windsurf", { ...desktop, callbackUrl: link("windsurf") }, all],
  ["a desktop editor without links", { ...desktop, callbackUrl: undefined }, ["loopback", "codeEntry"]],
  [
    "a desktop window, extension in the web worker host",
    { ...desktop, extensionHost: "webWorker", callbackUrl: link("vscode") },
    noLoopback,
  ],
  ["Remote SSH, extension on the local side", { ...desktop, callbackUrl: link("vscode") }, all],
  ["Remote SSH, extension on the remote side", { ...remote, callbackUrl: link("vscode") }, noLoopback],
  ["WSL, extension in WSL", { ...remote, callbackUrl: link("vscode") }, noLoopback],
  ["dev container, extension in the container", { ...remote, callbackUrl: link("vscode") }, noLoopback],
  [
    "Codespaces in the browser",
    { ...browser, callbackUrl: "https://x.github.dev/extension-auth-callback?vscode-reqid=1" },
    noLoopback,
  ],
  [
    "code-server on https",
    { ...browser, callbackUrl: "https://code.example.com/stable-1/callback?vscode-reqid=1" },
    noLoopback,
  ],
  [
    "code-server on https with an unusual port",
    { ...browser, callbackUrl: "https://code.example.com:8443/callback?vscode-reqid=1" },
    codeOnly,
  ],
  [
    "code-server on plain http, remote host",
    { ...browser, callbackUrl: "http://192.168.1.5:8080/callback?vscode-reqid=1" },
    codeOnly,
  ],
  [
    "code-server on plain http, this machine",
    { ...browser, callbackUrl: "http://127.0.0.1:8080/callback?vscode-reqid=1" },
    noLoopback,
  ],
  ["vscode.dev", { ...worker, callbackUrl: "https://vscode.dev/callback?vscode-reqid=1" }, noLoopback],
  [
    "web worker extension host of a code-server window",
    { ...worker, callbackUrl: "http://localhost:8080/callback?vscode-reqid=1" },
    noLoopback,
  ],
  ["a browser window without callbacks", { ...worker, callbackUrl: undefined }, codeOnly],
] as [string, Environment, FlowId[]][]) {
  test(`${name}: ${expected.join(", ")}`, () => assert.deepEqual(flowsFor(environment), expected));
}
