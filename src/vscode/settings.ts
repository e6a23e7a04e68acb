import { ConfigurationTarget, workspace } from "vscode";
import * as z from "zod/mini";
import { parseBaseUrl } from "../openrouter/baseUrl";
import { KeyTerms } from "../openrouter/keyTerms";
import type { SignInSettings } from "../signIn/signInHost";

/** The settings for new keys. */
export const keySettings = ["creditLimit", "creditLimitReset", "keyExpiresAfterDays", "keyLabel"] as const;

/** The values of the setting `creditLimitReset`. */
export const creditLimitResets = ["never", "daily", "weekly", "monthly"] as const;

/** The settings that can be invalid in a way that keeps the user from connecting. */
export type SettingName = (typeof keySettings)[number] | "baseUrl";

/** The id by which VS Code knows a setting. */
export const settingId = (name: SettingName) => `connectOpenRouter.${name}`;

/** A setting is invalid. */
export class SettingError extends Error {
  override readonly name = "SettingError";
  constructor(readonly setting: SettingName) {
    super(`Setting ${settingId(setting)} is invalid`);
  }
}

/** VS Code couldn't write the user's settings, such as where their file is damaged. */
export class SettingsNotWritten extends Error {
  override readonly name = "SettingsNotWritten";
}

const configuration = () => workspace.getConfiguration("connectOpenRouter");
const value = (name: string) => configuration().get<unknown>(name);

const numberWithin = (least: number, most: number) =>
  z.number().check(z.refine((number) => number >= least && number <= most));

/** The setting's value. Throws `SettingError` where it is invalid. */
function read<T>(name: SettingName, schema: z.ZodMiniType<T>, input: unknown): T {
  const result = z.safeParse(schema, input);
  if (!result.success) throw new SettingError(name);
  return result.data;
}

/**
 * The settings for a sign-in. VS Code passes on what the user typed, valid or not: throws `SettingError` rather than
 * connecting with another limit, or to another server, than was meant.
 */
export function readSignInSettings(): SignInSettings {
  const baseUrl = parseBaseUrl(String(value("baseUrl")));
  if (baseUrl === undefined) throw new SettingError("baseUrl");
  const amount = read("creditLimit", z.nullish(z.number()), value("creditLimit"));
  const limit = read("creditLimit", KeyTerms.shape.limit, amount?.toString());
  const reset = readCreditLimitReset();
  const days = read("keyExpiresAfterDays", z.nullish(numberWithin(1, 3650)), value("keyExpiresAfterDays"));
  const keyLabel = read("keyLabel", KeyTerms.shape.keyLabel, value("keyLabel"));
  return {
    baseUrl,
    requestedTerms: {
      ...(limit !== undefined && { limit }),
      // Without a limit there is nothing to reset.
      ...(limit !== undefined && reset !== "never" && { usageLimitType: reset }),
      ...(days && { expiresAt: utcWithSeconds(Date.now() + days * 24 * 60 * 60_000) }),
      ...(keyLabel?.trim() && { keyLabel: keyLabel.trim() }),
    },
  };
}

/** Throws `SettingError`. */
export const readCreditLimitReset = () =>
  read("creditLimitReset", z.enum(creditLimitResets), value("creditLimitReset"));

/** The limit of new keys, as it stands in the settings. */
export interface CreditLimit {
  /** USD; `null` for none. */
  readonly limit: number | null;
  readonly reset: ReturnType<typeof readCreditLimitReset>;
}

/** Whether somebody has decided about the limit: also for none, where the user's settings say `null`. */
export function isCreditLimitDecided(): boolean {
  if (value("creditLimit") != null) return true;
  const inspected = configuration().inspect("creditLimit") as
    | { readonly globalValue?: unknown; readonly globalLocalValue?: unknown }
    | undefined;
  // VS Code leaves a `null` out of `globalValue`, and has it in `globalLocalValue`, which its types don't name. In a
  // profile that isn't the default one, which settings of application scope aren't part of, it's the other way around.
  return inspected?.globalValue !== undefined || inspected?.globalLocalValue !== undefined;
}

/** Decides about the limit, in the user's settings. Throws `SettingsNotWritten`. */
export async function writeCreditLimit({ limit, reset }: CreditLimit): Promise<void> {
  const write = (name: SettingName, input: unknown) =>
    configuration().update(name, input, ConfigurationTarget.Global);
  try {
    if (reset !== value("creditLimitReset")) await write("creditLimitReset", reset);
    await write("creditLimit", limit); // last, since it ends the question
  } catch (cause) {
    throw new SettingsNotWritten("VS Code can't write the settings", { cause });
  }
}

/** The proposal for a key that isn't ours, whose limit the user enters. Throws `SettingError` as well. */
export const readOwnKeySettings = () => ({ ...readSignInSettings(), limitReset: readCreditLimitReset() });
export type OwnKeySettings = ReturnType<typeof readOwnKeySettings>;

/** Fires when a setting for new keys changes. */
export const onDidChangeKeySettings = (listener: () => void) =>
  workspace.onDidChangeConfiguration((event) => {
    if (keySettings.some((name) => event.affectsConfiguration(settingId(name)))) listener();
  });

/** The settings for new keys, as text to compare: a change that is undone is none. */
export const keySettingsText = () => JSON.stringify(keySettings.map((name) => value(name) ?? null));

/** The settings for showing credits. */
export interface CreditsSettings {
  readonly showCredits: boolean;
  /** Percent of the limit; 0 turns warnings off. */
  readonly warnBelow: number;
}

/** Reads the settings for showing credits. Invalid ones count as their defaults, since no key depends on them. */
export function readCreditsSettings(): CreditsSettings {
  const percent = z.safeParse(numberWithin(0, 100), value("warnBelow"));
  return { showCredits: value("showCredits") !== false, warnBelow: percent.success ? percent.data : 10 };
}

/** OpenRouter rejects times without seconds; fractions of a second are left out. */
const utcWithSeconds = (time: number) => new Date(time).toISOString().replace(/\.\d+/, "");
