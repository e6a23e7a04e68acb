import { window } from "vscode";

/** Asks in a modal dialog; true when the user chose the button. No extension can choose it. */
export const confirm = async (message: string, detail: string, button: string): Promise<boolean> =>
  (await window.showWarningMessage(message, { modal: true, detail }, button)) === button;
