// As much of Node as the handover of an environment uses: `src/` is compiled without Node's types.

declare module "node:net" {
  interface Socket {
    setEncoding(encoding: "utf8"): this;
    on(event: "data", listener: (chunk: string) => void): this;
    on(event: "error" | "close", listener: () => void): this;
    write(text: string): boolean;
    end(text: string): this;
    destroy(): this;
  }
  interface Server {
    listen(path: string): this;
    once(event: "listening", listener: () => void): this;
    once(event: "error", listener: (error: Error) => void): this;
    close(): this;
  }
  export function createServer(listener: (client: Socket) => void): Server;
  export function connect(path: string): Socket;
}

declare module "node:fs" {
  export function rmSync(path: string, options: { recursive: boolean; force: boolean }): void;
}

declare module "node:fs/promises" {
  export const constants: { readonly X_OK: number };
  export function access(path: string, mode: number): Promise<void>;
  export function stat(path: string): Promise<{ isDirectory(): boolean }>;
  export function mkdtemp(prefix: string): Promise<string>;
  export function writeFile(path: string, text: string, options: { mode: number }): Promise<void>;
}

declare module "node:os" {
  export function tmpdir(): string;
}

declare module "node:process" {
  const process: {
    readonly argv: readonly string[];
    readonly env: Record<string, string | undefined>;
    readonly execPath: string;
    readonly platform: string;
    readonly stdout: { write(text: string): boolean };
    readonly stderr: { write(text: string): boolean };
    exit(code: number): never;
    on(event: "SIGINT", listener: () => void): void;
  };
  export = process;
}

declare module "node:child_process" {
  interface ChildProcess {
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "exit", listener: (code: number | null) => void): this;
  }
  export function spawn(
    program: string,
    args: readonly string[],
    options: { stdio: "inherit"; env: Record<string, string | undefined> },
  ): ChildProcess;
}
