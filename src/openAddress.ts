import { env, type Uri } from "vscode";

/**
 * Opens exactly this address in the person's browser; false when it stayed closed. A Uri would be encoded
 * anew and break a callback URL within it (microsoft/vscode#85930); a string is opened as it is, though
 * the type doesn't tell (microsoft/vscode#173239).
 */
export const openAddress = async (address: string): Promise<boolean> =>
  env.openExternal(address as unknown as Uri);
