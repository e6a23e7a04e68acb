import assert from "node:assert/strict";
import { parseCallback } from "../../../src/openrouter/callback";
import { SignInError, type SignInFailure } from "../../../src/signIn/errors";

/** A signal that is never aborted. */
export const never = () => new AbortController().signal;

/** For `assert.rejects`: whether an error is a `SignInError` with this failure. */
export const failure = (expected: SignInFailure) => (error: unknown) =>
  error instanceof SignInError && error.failure === expected;

/** The callback in the URL that the browser is redirected to, as VS Code passes it to the URI handler. */
export function callbackOf(location: string | undefined) {
  assert.ok(location);
  const { pathname: path, search } = new URL(location);
  const callback = parseCallback({ path, query: search.slice(1) });
  assert.ok(callback.kind !== "foreign");
  return callback;
}
