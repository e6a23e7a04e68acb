// Two functions that Playwright runs in the page of a window, so neither can use anything outside of itself.

/**
 * @typedef {"console" | "shown" | "state" | "handover" | "secrets"} Kind
 * @typedef {(evidence: { kind: Kind, text: string }[]) => void} KeepEvidence
 */

/**
 * Runs before anything else in a page: reports what the page logs and shows, what it writes into the browser's storage,
 * and what it encrypts for its secret store.
 * @param {string} origin of VS Code; other pages are left alone
 */
export function watchPage(origin) {
  if (location.origin !== origin || window !== top) return;
  // In batches, since VS Code logs thousands of lines, and each call goes through the browser's debugger.
  /** @type {Parameters<KeepEvidence>[0]} */
  let batch = [];
  const send = () => {
    if (batch.length > 0) void Reflect.get(window, "keepEvidence")(batch);
    batch = [];
  };
  /** @type {(kind: Kind, text: string) => void} */
  const keep = (kind, text) => {
    if (batch.push({ kind, text }) === 1) setTimeout(send, 100);
  };
  addEventListener("pagehide", send);
  Object.assign(window, { sendEvidence: send });

  // In place of the console, for the same reason.
  for (const name of /** @type {const} */ (["debug", "error", "info", "log", "trace", "warn"])) {
    console[name] = (...values) => {
      const texts = values.map((value) =>
        value instanceof Error ? value.stack : typeof value === "object" ? json(value) : String(value),
      );
      keep("console", `[${name}] ${texts.join(" ")}`);
    };
  }
  /** @param {unknown} value */
  const json = (value) => {
    try {
      return JSON.stringify(value);
    } catch {
      return String(value); // circular
    }
  };

  /** @type {Set<string>} */
  const seen = new Set();
  new MutationObserver((records) => {
    /** @type {string[]} */
    const shown = [];
    for (const { type, target, addedNodes, attributeName } of records) {
      const texts = [...addedNodes]
        .filter(({ nodeName }) => nodeName !== "SCRIPT" && nodeName !== "STYLE")
        .map(({ textContent }) => textContent);
      // A sentence may consist of several nodes; only their parent has all of it.
      if (type === "characterData") texts.push(target.parentElement?.textContent ?? target.textContent);
      if (attributeName && target instanceof Element) texts.push(target.getAttribute(attributeName));
      for (const text of texts) {
        if (!text || seen.has(text)) continue;
        seen.add(text);
        shown.push(text);
      }
    }
    if (shown.length > 0) keep("shown", shown.join("\n"));
  }).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["aria-label", "title", "placeholder", "href", "data-href"],
  });

  // Every value that globalState, workspaceState and VS Code's own state ever had.
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, ...key) {
    if (typeof value === "string") keep("state", `${this.transaction.db.name} ${key} = ${value}`);
    return put.call(this, value, ...key);
  };
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (name, value) {
    const kind = name.startsWith("vscode-web.url-callbacks") ? "handover" : "state";
    // The secret store is encrypted, unless the page isn't a secure context.
    if (name !== "secrets.provider") keep(kind, `Storage ${name} = ${value}`);
    else if (value.startsWith("{")) keep("secrets", value);
    setItem.call(this, name, value);
  };
  if (!isSecureContext) return;
  const { encrypt } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.encrypt = function (algorithm, key, data) {
    const text = new TextDecoder().decode(data);
    if (text.includes("connect-openrouter.connect-openrouter")) keep("secrets", text);
    return encrypt.call(this, algorithm, key, data);
  };
}

/**
 * Everything that the page's origin has stored by now, including files: the logs of a window, and of an extension
 * host in a web worker.
 * @returns {Promise<{ kind: "state" | "handover", text: string }[]>}
 */
export async function storedInBrowser() {
  /** @type {{ kind: "state" | "handover", text: string }[]} */
  const found = [{ kind: "state", text: `document.cookie = ${document.cookie}` }];
  for (const storage of [localStorage, sessionStorage]) {
    for (const [name, value] of Object.entries(storage)) {
      const kind = name.startsWith("vscode-web.url-callbacks") ? "handover" : "state";
      if (name !== "secrets.provider") found.push({ kind, text: `Storage ${name} = ${value}` });
    }
  }
  /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const storeName of database.objectStoreNames) {
      const store = database.transaction(storeName).objectStore(storeName);
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      values.forEach((value, i) => {
        const bytes = value instanceof Uint8Array || value instanceof ArrayBuffer;
        const text = bytes ? new TextDecoder().decode(value) : (JSON.stringify(value) ?? "");
        found.push({ kind: "state", text: `${name} ${keys[i]} = ${text}` });
      });
    }
    database.close();
  }
  return found;
}
