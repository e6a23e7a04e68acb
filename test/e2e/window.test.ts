import { test } from "node:test";
import { openWindow } from "./window";

test("the command palette lists the extension's commands", async (t) => {
  const window = await openWindow(t);
  await window.findCommand("Connect OpenRouter");
  await window.screenshot("command palette");
});
