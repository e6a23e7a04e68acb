// What the tests need of `node:assert`, which a browser doesn't have.

export function ok(value: unknown, message = `${value} is not truthy`): asserts value {
  if (!value) throw new Error(message);
}

/** Compares as JSON, which is as deep as these tests look. */
export function equal<T>(actual: T, expected: T): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  ok(found === wanted, `${found} is not ${wanted}`);
}

/** @returns what the promise was rejected with */
export async function rejected(promise: Promise<unknown>): Promise<unknown> {
  const fulfilled = Symbol();
  const outcome = await promise.then(
    () => fulfilled,
    (error: unknown) => error,
  );
  ok(outcome !== fulfilled, "The promise was fulfilled");
  return outcome;
}
