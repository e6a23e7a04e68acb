import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What `node --expose-gc` makes global, which Playwright can't pass to its workers. */
export const collectGarbage: () => void = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
})();
