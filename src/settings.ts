import { workspace } from "vscode";
import * as z from "zod/mini";
import { PostAuthKeysCodeRequest } from "./openrouter/authKeysCode";
import { parseBaseUrl } from "./openrouter/baseUrl";
import type { SignInSettings } from "./signIn/signInHost";

export type SettingName = "creditLimit" | "baseUrl";

export const settingId = (name: SettingName) => `connectOpenRouter.${name}`;

/** A setting holds what can't be used. */
export class SettingError extends Error {
  override readonly name = "SettingError";
  constructor(readonly setting: SettingName) {
    super(`Setting ${settingId(setting)} is invalid`);
  }
}

/**
 * The settings that shape a sign-in. VS Code hands over what the person typed, valid or not: throws
 * `SettingError` rather than connecting with another limit, or to another place, than was meant.
 */
export function readSignInSettings(): SignInSettings {
  const configuration = workspace.getConfiguration("connectOpenRouter");
  const baseUrl = parseBaseUrl(String(configuration.get<unknown>("baseUrl")));
  if (baseUrl === undefined) throw new SettingError("baseUrl");
  const amount = z.safeParse(z.nullish(z.number()), configuration.get<unknown>("creditLimit"));
  if (!amount.success) throw new SettingError("creditLimit");
  const limit = PostAuthKeysCodeRequest.shape.limit.safeParse(amount.data?.toString());
  if (!limit.success) throw new SettingError("creditLimit");
  return { baseUrl, asked: { ...(limit.data !== undefined && { limit: limit.data }) } };
}
