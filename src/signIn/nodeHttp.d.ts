/** As much of `node:http` as the loopback flow uses: `src/` is compiled without Node's types. */
declare module "node:http" {
  interface IncomingMessage {
    readonly method?: string;
    readonly url?: string;
    readonly headers: { readonly host?: string };
  }
  interface ServerResponse {
    writeHead(status: number, headers: Record<string, string>): this;
    end(text: string, sent?: () => void): this;
  }
  interface Server {
    listen(port: number, host: string): this;
    once(event: "listening", listener: () => void): this;
    once(event: "error", listener: (error: Error) => void): this;
    address(): { readonly port: number } | string | null;
    close(): this;
    closeAllConnections(): void;
  }
  export function createServer(
    listener: (request: IncomingMessage, response: ServerResponse) => void,
  ): Server;
}
