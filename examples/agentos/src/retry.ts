// A tRPC link that sends calls again where that can help and does no harm.

import { setTimeout } from "node:timers/promises";
import type { Operation, TRPCClientError, TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import type { AppRouter } from "keyreeve-dd";
import { backoffMs, type Pace, retryAfterMs, unhurried } from "./backoff.js";

/** What the link asks of the world. */
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  random(): number;
  /** Ends after that time, or fails as soon as the signal is given. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Is told of every wait before it begins. */
  onWait(path: string, reason: string, ms: number): void;
}

const world: World = {
  now: Date.now,
  random: Math.random,
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
  onWait(path, reason, ms) {
    console.error(`${path}: ${reason}, trying again in ${(ms / 1_000).toFixed(1)} s`);
  },
};

/** Stands before the link that sends, so that of a batch each call is judged and sent again by itself. */
export function retryLink(pace: Pace = unhurried, { now, random, sleep, onWait }: World = world): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const began = now();
        const left = new AbortController();
        const stopped = AbortSignal.any(op.signal ? [left.signal, op.signal] : [left.signal]);
        let sent: Unsubscribable | undefined;

        const send = (attempt: number) => {
          sent = next(op).subscribe({
            next: (result) => observer.next(result),
            complete: () => observer.complete(),
            error(error) {
              const reason = passingReason(error);
              if (reason === undefined || !isRepeatable(op) || attempt >= pace.attempts) {
                return observer.error(error);
              }
              const wait = backoffMs(attempt, askedMs(error, now()), pace, random);
              if (now() + wait - began > pace.totalMs) return observer.error(error);

              onWait(op.path, reason, wait);
              sleep(wait, stopped).then(
                () => send(attempt + 1),
                () => observer.error(error),
              );
            },
          });
        };
        send(1);
        return () => {
          left.abort();
          sent?.unsubscribe();
        };
      });
}

/**
 * Whether sending a call twice can have no other effect than sending it once. A query is, and a mutation whose
 * idempotency key lets the server tell that it has carried it out already; of a bulk mutation each item has its own.
 */
export function isRepeatable({ type, input }: Pick<Operation, "type" | "input">): boolean {
  if (type !== "mutation") return type === "query";

  const { items } = Object(input) as { items?: unknown };
  return Array.isArray(items) ? items.length > 0 && items.every(hasKey) : hasKey(input);
}

function hasKey(input: unknown): boolean {
  const { idempotencyKey } = Object(input) as { idempotencyKey?: unknown };
  return typeof idempotencyKey === "string" && idempotencyKey !== "";
}

/** Why a call failed, if the same call may well succeed in a moment. */
function passingReason({ data, cause }: TRPCClientError<AppRouter>): string | undefined {
  if (data == null) return cause?.name === "AbortError" ? undefined : "no answer";
  // The first attempt is still being carried out.
  if (data.reason === "idempotency_in_progress") return data.reason;

  return [429, 502, 503, 504].includes(data.httpStatus) ? data.reason : undefined;
}

function askedMs({ meta }: TRPCClientError<AppRouter>, now: number): number | undefined {
  const response = meta?.["response"];
  return response instanceof Response ? retryAfterMs(response.headers.get("retry-after"), now) : undefined;
}
