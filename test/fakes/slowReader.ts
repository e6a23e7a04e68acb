import { readingTime } from "../../src/common/readingTime";

/**
 * Lets the user of these tests, who answers at once, seem to take the time to read, except for so many answers.
 * Returns what ends that.
 */
export function readSlowly(tooFast = 0): () => void {
  let now = 0;
  let calls = 0;
  performance.now = () => {
    if (calls++ >= 2 * tooFast) now += readingTime; // it is looked up before and after each answer
    return now;
  };
  return () => void Reflect.deleteProperty(performance, "now"); // the prototype has it
}
