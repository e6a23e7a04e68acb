import { once } from "node:events";
import { createServer } from "node:net";

/**
 * @param {number} preferred
 * @returns {Promise<number>} the preferred port if it is free, else 0, which stands for any
 */
export async function freePort(preferred) {
  const server = createServer().listen(preferred, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return 0;
  }
  server.close();
  await once(server, "close");
  return preferred;
}
