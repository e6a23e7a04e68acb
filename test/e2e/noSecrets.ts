import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";

/** Expects that no file below the folder contains one of the secrets. */
export function expectNoSecrets(folder: string, secrets: string[]) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files).not.toHaveLength(0);
  for (const file of files) {
    const text = readFileSync(join(file.parentPath, file.name), "utf8");
    for (const secret of secrets) expect(text.includes(secret), `a secret in ${file.name}`).toBe(false);
  }
}
