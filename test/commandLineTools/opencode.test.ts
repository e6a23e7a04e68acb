import { openCodeTests } from "./openCodeTests";

openCodeTests("opencode", "opencode");
