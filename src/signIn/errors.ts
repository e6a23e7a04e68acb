/** Why a sign-in ended without a key, where it wasn't a request to OpenRouter that failed. */
export type SignInFailure =
  | "denied" // the person said no on OpenRouter's page
  | "refused" // OpenRouter's page sent another error back
  | "timedOut" // nothing came back for as long as a code lives
  | "browserNotOpened"
  | "noCallbackUrl" // this editor's callback URL is none that OpenRouter accepts
  | "notACode" // what the person pasted
  | "notAKey" // what the person pasted
  | "managementKey" // it manages keys, and can't be used for requests
  | "keyIsThere" // the key that was to be added
  | "malformedCallback"
  | "unknownCallback" // of a sign-in that isn't under way: used, too old, or never ours
  | "givenUp" // of a sign-in that the person cancelled
  | "finishedElsewhere"; // another window took the callback, and no key came of it

export class SignInError extends Error {
  override readonly name = "SignInError";
  constructor(
    readonly failure: SignInFailure,
    options?: ErrorOptions,
  ) {
    super(failure, options);
  }
}

/** The person cancelled. Said to nobody. */
export class SignInCancelled extends Error {
  override readonly name = "SignInCancelled";
}
