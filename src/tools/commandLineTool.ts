/** A key, and the only server that may get it. */
export interface ApiAccess {
  readonly key: string;
  /** Without `/api/v1`. */
  readonly baseUrl: string;
}

/** What the user chose for a terminal. The model is there where the tool asks for one. */
export interface ToolAccess extends ApiAccess {
  /** OpenRouter's ID: `vendor/model`. */
  readonly model: string;
}

/** What starts a tool, or what is in its settings. It contains no secret. */
export interface ToolStart extends Omit<ToolAccess, "key"> {
  /** A prompt for who only presses Enter, in the user's language. */
  readonly prompt: string;
  /** How to get a terminal with the key, in the user's language. */
  readonly instructions: string;
}

/** A program for terminals, and how it takes an OpenRouter key by its own documentation. */
export interface CommandLineTool {
  readonly id: string;
  /** The product's name, in every language. */
  readonly name: string;
  /** The names of its executable. */
  readonly programs: readonly string[];
  /** The command that installs it, by its documentation. */
  readonly install?: string;
  /** Whether it needs a model, or chooses one that would surprise the user. */
  readonly asksForModel: boolean;
  /** Its variables, whole: with some of them only, it may send the key, or another one, somewhere else. */
  readonly environment: (access: ToolAccess) => Readonly<Record<string, string>>;
  /** The command that starts it with the key. It contains no secret. */
  readonly command?: (start: ToolStart) => string;
  /** Lines for the tool's own settings file, instead of that command. They contain no secret. */
  readonly settingsLines?: (start: ToolStart) => string;
  /** Whether it sends the key to openrouter.ai, whatever the base URL is. */
  readonly ignoresBaseUrl?: boolean;
  /** The command that ends the background process in which it keeps the key after the terminal is closed. */
  readonly endBackground?: string;
  /** The files and folders of a project that can send the key to another server, relative to its own folder. */
  readonly projectFiles: readonly string[];
}
