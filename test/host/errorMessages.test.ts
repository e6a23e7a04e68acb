import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { CancellationError } from "vscode";
import { OpenRouterError } from "../../src/openrouter/errors";
import { SecretStorageError } from "../../src/sessions/secretCollection";
import { SignInCancelled, SignInError, type SignInFailure } from "../../src/signIn/errors";
import { describeError } from "../../src/vscode/errorMessages";
import { SettingError, type SettingName } from "../../src/vscode/settings";

const secret = "sk-or-v1-5ec4e7";
const cause = new Error(secret);

/** All of them: the compiler misses a failure that isn't named here. */
const failures: Record<SignInFailure, true> = {
  denied: true,
  refused: true,
  timedOut: true,
  browserNotOpened: true,
  noCallbackUrl: true,
  notACode: true,
  notAKey: true,
  managementKey: true,
  keyIsThere: true,
  malformedCallback: true,
  unknownCallback: true,
  givenUp: true,
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
  expired: status(403, { expiredCode: true }),
  busy: status(429, { retryAfter: 7000 }),
  ...Object.fromEntries(
    [400, 401, 402, 403, 404, 405, 429, 500, 502, 503].map((code) => [code, status(code)]),
  ),
  read: new SecretStorageError("read", { cause }),
  write: new SecretStorageError("write", { cause }),
  stale: new SecretStorageError("stale"),
  "an error of no known kind": cause,
  "no error at all": secret,
};

describe("What a person is told", () => {
  for (const [name, error] of Object.entries(errors)) {
    it(`of ${name} is a next step, and no secret`, () => {
      const { message = "" } = describeError(error) ?? {};
      ok(message);
      doesNotMatch(message, /sk-or|5ec4e7|\{\d\}|undefined/);
      match(
        message,
        /\b(try|check|correct|copy|open|unlock|connect|use|paste|log|shorten|reload)\b[^.]*(\.[^.]*){1,4}$/i,
      );
    });
  }

  it("after a cancel is nothing", () => {
    equal(describeError(new SignInCancelled()), undefined);
    equal(describeError(new CancellationError()), undefined);
  });
});
