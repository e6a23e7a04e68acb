// Part of every test file that is bundled for mutation testing: some runs of a property are as good as 100 there.
import fc from "fast-check";

fc.configureGlobal({ numRuns: 20 });
