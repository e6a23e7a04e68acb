/**
 * What `work` resolves to. Rejects after that many milliseconds: nothing may wait for VS Code without an end. The
 * work itself goes on, since VS Code's calls can't be canceled.
 */
export async function withTimeLimit<T>(work: PromiseLike<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
