import { format } from "node:util";

// What the workbench itself prints on the channel of the extension host's console.
const workbenchMessages =
  /^(\[(ChatModelSelection|AgentHost|AgentHost:remote|AccountPolicyGate|reconnection-grace-time|RemoteAgentHostProtocol|Service Worker|remote-connection)\b|Canceled(: |$)|Resolv(ing|ed) connection token|Creating a socket \(|Creation of workbench contribution|Ignoring fetching additional builtin|Updating additional builtin|Loading development extension|(Failed: )?getaddrinfo ENOTFOUND|An unknown error occurred\. Please consult|Failed to fetch)/;

/**
 * Prints what the tests wrote to their console, but not what the workbench wrote.
 * @param {string} type
 * @param {unknown[]} args
 */
export function printConsole(type, args) {
  if (type === "trace" || type === "debug") return; // the workbench's log, which is saved for the audit
  const text = format(...args);
  if (!workbenchMessages.test(text)) (type === "error" ? process.stderr : process.stdout).write(`${text}\n`);
}
