import { authentication } from "vscode";
import { SecretCollection } from "../../../src/sessions/secretCollection";
import { Session } from "../../../src/sessions/session";
import type { ServingSample } from "../tasks";
import { ours } from "./loading";

/** VS Code asks the user, once, whether the probe may read keys. */
export async function askForConsent(): Promise<void> {
  await authentication.getSession("openrouter", [], { createIfNone: true });
}

/** Calls `getSession` from another extension that may read the key, one call after the other. */
export async function measureServing(sessions: number, calls: number): Promise<ServingSample> {
  await store(sessions);
  const { provider } = ours;
  if (!provider) throw new Error("Our extension is not active");
  const { getSessions } = provider;
  let inside = 0;
  provider.getSessions = async (...request) => {
    const start = performance.now();
    try {
      return await getSessions.apply(provider, request);
    } finally {
      inside += performance.now() - start;
    }
  };
  try {
    const start = performance.now();
    for (let i = 0; i < calls; i++) {
      const session = await authentication.getSession("openrouter", [], { silent: true });
      if (!session) throw new Error("No session was returned");
    }
    return { total: (performance.now() - start) / calls, inside: inside / calls };
  } finally {
    provider.getSessions = getSessions;
  }
}

/** Stores copies of the first session, with other IDs, until there are as many. */
async function store(wanted: number): Promise<void> {
  if (!ours.context) throw new Error("Our extension is not active");
  const records = new SecretCollection(ours.context.secrets, "session", Session, async () => {});
  try {
    const stored = [...(await records.list()).values()];
    const [first] = stored;
    if (!first || first === "corrupt") throw new Error("Nothing is stored");
    for (let n = stored.length; n < wanted; n++) {
      const [id, label] = [`copy-${n}`, `VS Code (${n})`];
      await records.put(id, { ...first, id, key: `${first.key}${n}`, label });
    }
  } finally {
    records.dispose();
  }
}

/** Signs out as VS Code does, without a question. */
export async function removeAll(): Promise<void> {
  const sessions = (await ours.provider?.getSessions(undefined, {})) ?? [];
  for (const { id } of sessions) await ours.provider?.removeSession(id);
}
