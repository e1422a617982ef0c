// Follows mandates, and ends them.

import type { CollectingChange } from "keyreeve-dd";
import type { DirectDebit } from "./client.js";

/** What happened to a mandate so far, oldest first, such as `mandate.invited`. */
export async function history(dd: DirectDebit, id: string): Promise<string[]> {
  const types: string[] = [];
  let page = await dd.mandates.history.query({ id });
  for (;;) {
    types.push(...page.items.map((event) => event.type));
    if (page.nextCursor === undefined) return types;
    page = await dd.mandates.history.query({ id, cursor: page.nextCursor });
  }
}

/**
 * Ends a mandate, so that nothing more is collected with it. Ending it twice is the same as once.
 *
 * @returns what is not collected any more, and what is with the banks already and cannot be stopped
 */
export async function cancel(dd: DirectDebit, id: string, reason: string): Promise<CollectingChange> {
  return dd.mandates.cancel.mutate({ id, reason, idempotencyKey: `cancel:${id}` });
}
