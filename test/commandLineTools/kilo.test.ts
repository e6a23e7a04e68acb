import { openCodeTests } from "./openCodeTests";

openCodeTests("kilo", "kilo");
