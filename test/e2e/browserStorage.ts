/** Runs in the page: whether a key or a value of the workbench's storage contains the text. */
export async function storageContains(text: string): Promise<boolean> {
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith("vscode-web-state-db")) continue;
    const entries = await new Promise<unknown[]>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const store = opening.result.transaction("ItemTable").objectStore("ItemTable");
        const [keys, values] = [store.getAllKeys(), store.getAll()];
        values.onsuccess = () => {
          opening.result.close();
          resolve([...keys.result, ...values.result]);
        };
      };
    });
    if (entries.some((entry) => String(entry).includes(text))) return true;
  }
  return false;
}

/** Runs in the page: replaces what matches the pattern in the values of the workbench's storage. */
export async function replaceInStorage([pattern, replacement]: [pattern: string, replacement: string]) {
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith("vscode-web-state-db")) continue;
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction("ItemTable", "readwrite");
        transaction.oncomplete = () => {
          opening.result.close();
          resolve();
        };
        transaction.objectStore("ItemTable").openCursor().onsuccess = ({ target }) => {
          const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
          if (typeof cursor?.value === "string")
            cursor.update(cursor.value.replace(new RegExp(pattern), replacement));
          cursor?.continue();
        };
      };
    });
  }
}
