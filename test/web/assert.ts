// The part of `node:assert` that the tests need, since a browser has none.

export function ok(value: unknown, message = `${value} is not truthy`): asserts value {
  if (!value) throw new Error(message);
}

/** Compares as JSON, which is enough for these tests. */
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
