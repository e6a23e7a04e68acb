// Added to every test file bundled for mutation testing, where 20 runs of a property do as well as 100.
import fc from "fast-check";

fc.configureGlobal({ numRuns: 20 });
