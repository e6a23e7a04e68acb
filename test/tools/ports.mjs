import { once } from "node:events";
import { createServer } from "node:net";

/**
 * @param {number} preferred 0 for any
 * @returns {Promise<number>} the preferred port if it is free, else 0, which means any port
 */
export async function freePort(preferred) {
  const server = createServer().listen(preferred, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return 0;
  }
  const address = server.address();
  server.close();
  await once(server, "close");
  return address && typeof address === "object" ? address.port : preferred;
}
