import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { CancellationError, extensions } from "vscode";
import { OpenRouterError } from "../../src/openrouter/errors";
import { SecretStorageError } from "../../src/sessions/secretCollection";
import { SignInCanceled, SignInError, type SignInFailure } from "../../src/signIn/errors";
import { describeError } from "../../src/vscode/errorMessages";
import { SettingError, type SettingName } from "../../src/vscode/settings";

const secret = "sk-or-v1-5ec4e7";
const cause = new Error(secret);

/** All failures: the compiler reports one that is missing here. */
const failures: Record<SignInFailure, true> = {
  denied: true,
  refused: true,
  timedOut: true,
  noCallbackUrl: true,
  notACode: true,
  keyForCode: true,
  notAKey: true,
  maskedKey: true,
  codeForKey: true,
  managementKey: true,
  keyIsThere: true,
  malformedCallback: true,
  unknownCallback: true,
  canceled: true,
  finishedElsewhere: true,
};
const settings: Record<SettingName, true> = {
  baseUrl: true,
  creditLimit: true,
  creditLimitReset: true,
  keyExpiresAfterDays: true,
  keyLabel: true,
};
const status = (code: number, details: Partial<OpenRouterError["details"]> = {}) =>
  new OpenRouterError("status", secret, { status: code, cause, ...details });

const errors: Record<string, unknown> = {
  ...Object.fromEntries(
    Object.keys(failures).map((name) => [name, new SignInError(name as SignInFailure, { cause })]),
  ),
  ...Object.fromEntries(Object.keys(settings).map((name) => [name, new SettingError(name as SettingName)])),
  network: new OpenRouterError("network", secret, { cause }),
  timeout: new OpenRouterError("timeout", secret, { cause }),
  answer: new OpenRouterError("answer", secret, { cause }),
  redirected: new OpenRouterError("redirected", secret, { cause }),
  intermediary: new OpenRouterError("intermediary", secret, { cause }),
  expired: status(403, { code: "expired" }),
  rejected: status(400, { code: "rejected" }),
  unchallenged: status(400, { code: "unchallenged" }),
  "a refused key": status(401, { withKey: true }),
  busy: status(429, { retryAfter: 7000 }),
  ...Object.fromEntries(
    [400, 401, 402, 403, 404, 405, 429, 500, 502, 503].map((code) => [code, status(code)]),
  ),
  read: new SecretStorageError("read", { cause }),
  write: new SecretStorageError("write", { cause }),
  stale: new SecretStorageError("stale"),
  "an unknown error": cause,
  "a value that isn't an error": secret,
};

describe("The message", () => {
  for (const [name, error] of Object.entries(errors)) {
    it(`for ${name} says what to do next, and no secret`, () => {
      const { message = "" } = describeError(error) ?? {};
      ok(message);
      doesNotMatch(message, /sk-or|5ec4e7|\{\d\}|undefined/);
      match(
        message,
        /\b(try|check|correct|copy|open|unlock|connect|use|paste|log|shorten|reload)\b[^.]*(\.[^.]*){1,4}$/i,
      );
    });
  }

  it("for the reset of the limit names the values that work, whatever the language", () => {
    const { contributes } =
      extensions.getExtension("connect-openrouter.connect-openrouter")?.packageJSON ?? {};
    const { enum: values } = contributes.configuration.properties["connectOpenRouter.creditLimitReset"];
    equal(values.length, 4);
    const { message = "" } = describeError(new SettingError("creditLimitReset")) ?? {};
    ok(message.includes(values.join(", ")), message);
  });

  it("for a busy OpenRouter says how long to wait in the largest unit, and never fails to", () => {
    for (const [retryAfter, words] of [
      [undefined, "in a moment"],
      [0, "in a moment"],
      [7000, "in 7 seconds"],
      [7_200_000, "in 2 hours"],
      [24 * 3_600_000, "in 24 hours"],
    ] as const) {
      const { message } = describeError(status(429, retryAfter === undefined ? {} : { retryAfter })) ?? {};
      equal(message, `OpenRouter is busy. Try again ${words}.`);
    }
  });

  it("for a cancellation doesn't exist", () => {
    equal(describeError(new SignInCanceled()), undefined);
    equal(describeError(new CancellationError()), undefined);
  });
});
