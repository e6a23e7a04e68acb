import { workspace } from "vscode";
import * as z from "zod/mini";
import { parseBaseUrl } from "../openrouter/baseUrl";
import { KeyTerms } from "../openrouter/keyTerms";
import type { SignInSettings } from "../signIn/signInHost";

/** The settings that shape a new key, and with it what is asked of OpenRouter. */
export const keySettings = ["creditLimit", "creditLimitReset", "keyExpiresAfterDays", "keyLabel"] as const;

export type SettingName = (typeof keySettings)[number] | "baseUrl";

export const settingId = (name: SettingName) => `connectOpenRouter.${name}`;

/** A setting holds what can't be used. */
export class SettingError extends Error {
  override readonly name = "SettingError";
  constructor(readonly setting: SettingName) {
    super(`Setting ${settingId(setting)} is invalid`);
  }
}

const value = (name: string) => workspace.getConfiguration("connectOpenRouter").get<unknown>(name);

const numberWithin = (least: number, most: number) =>
  z.number().check(z.refine((number) => number >= least && number <= most));

/** The setting's value. Throws `SettingError` where VS Code hands over what isn't one. */
function read<T>(name: SettingName, schema: z.ZodMiniType<T>, input: unknown): T {
  const result = z.safeParse(schema, input);
  if (!result.success) throw new SettingError(name);
  return result.data;
}

/**
 * The settings that shape a sign-in. VS Code hands over what the person typed, valid or not: throws
 * `SettingError` rather than connecting with another limit, or to another place, than was meant.
 */
export function readSignInSettings(): SignInSettings {
  const baseUrl = parseBaseUrl(String(value("baseUrl")));
  if (baseUrl === undefined) throw new SettingError("baseUrl");
  const amount = read("creditLimit", z.nullish(z.number()), value("creditLimit"));
  const limit = read("creditLimit", KeyTerms.shape.limit, amount?.toString());
  const reset = read(
    "creditLimitReset",
    z.enum(["never", "daily", "weekly", "monthly"]),
    value("creditLimitReset"),
  );
  const days = read("keyExpiresAfterDays", z.nullish(numberWithin(1, 3650)), value("keyExpiresAfterDays"));
  const keyLabel = read("keyLabel", KeyTerms.shape.keyLabel, value("keyLabel"));
  return {
    baseUrl,
    requestedTerms: {
      ...(limit !== undefined && { limit }),
      // A reset is a reset of the limit: without one there is nothing to ask for.
      ...(limit !== undefined && reset !== "never" && { usageLimitType: reset }),
      ...(days && { expiresAt: utcWithSeconds(Date.now() + days * 24 * 60 * 60_000) }),
      ...(keyLabel?.trim() && { keyLabel: keyLabel.trim() }),
    },
  };
}

/** Tells of a change to a setting that shapes new keys. */
export const onDidChangeKeySettings = (listener: () => void) =>
  workspace.onDidChangeConfiguration((event) => {
    if (keySettings.some((name) => event.affectsConfiguration(settingId(name)))) listener();
  });

/** What the settings say of a new key, as text to compare: changes that take each other back are none. */
export const keySettingsText = () => JSON.stringify(keySettings.map((name) => value(name) ?? null));

export interface CreditsSettings {
  readonly showCredits: boolean;
  /** Percent of the limit; 0 is never. */
  readonly warnBelow: number;
}

/** The settings of how credits are shown. Where they are of no use the defaults do: no key depends on them. */
export function readCreditsSettings(): CreditsSettings {
  const percent = z.safeParse(numberWithin(0, 100), value("warnBelow"));
  return { showCredits: value("showCredits") !== false, warnBelow: percent.success ? percent.data : 10 };
}

/** OpenRouter rejects minute precision; fractions of a second tell nobody anything. */
const utcWithSeconds = (time: number) => new Date(time).toISOString().replace(/\.\d+/, "");
