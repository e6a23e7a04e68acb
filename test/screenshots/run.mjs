// npm run screenshots: takes the pictures of the README and of the walkthrough again, from a real window. Works on a fresh clone, too.
import { ensureInstalled } from "../tools/npm.mjs";
import { playwright } from "../tools/playwright.mjs";

await ensureInstalled();
await playwright(["--config", "test/screenshots", ...process.argv.slice(2)]);
