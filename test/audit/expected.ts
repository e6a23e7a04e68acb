import type { Secret } from "./secrets.mjs";

/** A file's name, and what it contains. */
type Part = [file: RegExp, content: RegExp];

/** The minimum evidence for the audit to mean anything. */
export interface Expected {
  secrets: Record<Secret["kind"], number>;
  sources: Secret["from"][];
  /** In the folder of each VS Code. */
  everywhere: Part[];
  /** In at least one of the folders. */
  somewhere: Part[];
}

const browser: Part[] = [
  [/console\.log$/, /TRACE/],
  [/shown\.log$/, /\w/],
  [/state\.log$/, /^vscode-web-state-db\S+ \S+ = /m],
];

export const expected: Record<"host" | "web" | "e2e", Expected> = {
  host: {
    secrets: { key: 5, code: 5, verifier: 5, state: 5 },
    sources: ["fake OpenRouter"],
    // Nothing of a browser: this may have been the desktop VS Code.
    everywhere: [
      [/exthost\.log$/, /\[trace\]/],
      [/settings\.json$/, /telemetry/],
    ],
    somewhere: [],
  },
  web: {
    secrets: { key: 2, code: 2, verifier: 2, state: 1 },
    sources: ["fake OpenRouter"],
    everywhere: browser,
    somewhere: [],
  },
  e2e: {
    secrets: { key: 10, code: 10, verifier: 10, state: 10 },
    sources: ["fake OpenRouter", "secret store"],
    everywhere: [...browser, [/exthost\.log$/, /\[trace\]/], [/settings\.json$/, /telemetry/]],
    somewhere: [
      [/[\\/]Connect OpenRouter\.log$/, /\[error\]/],
      [/shown\.log$/, /Connected to OpenRouter/],
      [/state\.log$/, /^\S+ connect-openrouter\.connect-openrouter = \{/m], // our globalState
      [/handover\.log$/, /code=/],
    ],
  },
};
