import { once } from "node:events";
import type { Server } from "node:http";

/**
 * Binds the server and returns its URL. Falls back to `[::1]` if the host can't be bound: macOS has no loopback
 * addresses besides 127.0.0.1 and ::1, and VS Code forwards 127.0.0.1.
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  try {
    await bind(server, host, port);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRNOTAVAIL")) throw error;
    await bind(server, "::1", port);
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake OpenRouter has no port");
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, "listening"); // Rejects with the server's "error".
}
