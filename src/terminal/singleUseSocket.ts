/**
 * Listens on a socket until one client has sent the token and received the text, the time is up, or the signal aborts.
 * A Unix socket is as private as its folder. A pipe of Windows may be opened by every user for reading, but only by
 * its owner for writing, hence the token (Windows docs, "Named Pipe Security and Access Rights").
 * @param time in milliseconds
 * @param ended called when nothing listens anymore
 */
export async function startSingleUseSocket(
  { path, token }: { readonly path: string; readonly token: string },
  text: string,
  { time, signal, ended }: { readonly time: number; readonly signal: AbortSignal; ended(): void },
): Promise<void> {
  const { createServer } = await import("node:net");
  const expected = `${token}\n`;
  const clients = new Set<{ destroy(): void }>();
  const close = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", close);
    server.close();
    for (const client of clients) client.destroy();
    ended();
  };
  const server = createServer((client) => {
    clients.add(client);
    let received = "";
    let isServed = false;
    client.setEncoding("utf8");
    client.on("data", (chunk) => {
      received += chunk;
      if (!expected.startsWith(received)) client.destroy();
      if (received !== expected || isServed) return;
      isServed = true;
      server.close();
      for (const other of clients) if (other !== client) other.destroy();
      client.end(text);
    });
    client.on("error", () => {}); // it closes next
    client.on("close", () => {
      clients.delete(client);
      if (isServed) close();
    });
  });
  const timer = setTimeout(close, time);
  signal.addEventListener("abort", close);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("listening", resolve).once("error", reject).listen(path);
    });
  } catch (error) {
    close();
    throw error;
  }
}
