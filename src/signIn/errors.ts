/** Why a sign-in ended without a key, where it wasn't a request to OpenRouter that failed. */
export type SignInFailure =
  | "denied" // the user chose Deny on OpenRouter's page
  | "refused" // another error in the callback
  | "timedOut" // no callback for as long as a code is valid
  | "noCallbackUrl" // OpenRouter doesn't accept this editor's callback URL
  | "notACode" // what was pasted
  | "keyForCode" // a key was pasted instead
  | "notAKey" // what was pasted
  | "maskedKey" // OpenRouter's list of keys shows it in part
  | "codeForKey" // a code was pasted instead
  | "managementKey" // it manages keys, and can't be used for requests
  | "keyIsThere" // the pasted key is connected already
  | "malformedCallback"
  | "unknownCallback" // its sign-in was completed, has expired, or was never ours
  | "canceled" // its sign-in was canceled
  | "finishedElsewhere"; // another window took the callback, and stored no key

/** A sign-in that ended without a key. Its message is for the log. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  constructor(
    readonly failure: SignInFailure,
    options?: ErrorOptions,
  ) {
    super(failure, options);
  }
}

/** The user canceled. Nothing is shown. */
export class SignInCanceled extends Error {
  override readonly name = "SignInCanceled";
}
