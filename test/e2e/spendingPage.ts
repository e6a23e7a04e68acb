import type { FrameLocator } from "@playwright/test";
import type { Workbench } from "./workbench";

/** The Show Spending page. VS Code shows a webview in a frame within a frame. */
export const spendingPage = ({ page }: Workbench): FrameLocator =>
  page.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
