// Forwards alerts to those who look after rents, and says that somebody knows of them.

import { TRPCClientError } from "@trpc/client";
import type { AlertEventView, AppRouter } from "keyreeve-dd";
import type { DirectDebit } from "./client.js";
import { readOn } from "./feed.js";

/** Where alerts go, such as a page of agentOS. It may get the same event twice. */
export type Sink = (event: AlertEventView) => Promise<void>;

/** A rate of few debits says little, so by default 20 are needed. A small agent wants to hear of each. */
export async function hearOfEveryFailure(dd: DirectDebit): Promise<void> {
  await dd.alerts.setRule.mutate({
    name: "failure_rate",
    minSample: 1,
    idempotencyKey: "failure_rate:minSample:1",
  });
}

/**
 * Hands on what happened to alerts since the last time.
 *
 * @param position the file that remembers how far this has come
 * @returns how many events there were
 */
export function forwardAlerts(dd: DirectDebit, position: string, sink: Sink): Promise<number> {
  return readOn(
    (afterSeq) => dd.alerts.events.query({ afterSeq }),
    position,
    async (event) => {
      await sink(event);
      if (event.alert.status === "open") await acknowledge(dd, event);
    },
  );
}

/** The key names the event: an alert that gets worse opens again, and is acknowledged again. */
async function acknowledge(dd: DirectDebit, { id, alert }: AlertEventView): Promise<void> {
  try {
    await dd.alerts.acknowledge.mutate({ id: alert.id, idempotencyKey: `acknowledge:${id}` });
  } catch (error) {
    // An event tells what was: since then the alert may have been resolved.
    if (!isRefusal(error, "invalid_state")) throw error;
  }
}

function isRefusal(error: unknown, reason: string): boolean {
  return error instanceof TRPCClientError && (error as TRPCClientError<AppRouter>).data?.reason === reason;
}
