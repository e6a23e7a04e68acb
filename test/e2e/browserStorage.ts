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
