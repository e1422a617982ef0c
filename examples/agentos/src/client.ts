// The one connection to Keyreeve: a stock tRPC client that speaks for one key.

import { createTRPCClient, httpBatchLink } from "@trpc/client";
import type { AppRouter } from "keyreeve-dd";
import { retryLink } from "./retry.js";

/** A server that is silent for longer is taken for gone. */
const SILENCE_MS = 20_000;

/** @param key an API key; it is sent in a header, and must stand in no URL and no log */
export function connect(url: string, key: string) {
  return createTRPCClient<AppRouter>({
    links: [
      retryLink(),
      httpBatchLink({
        url: `${url}/trpc`,
        headers: { authorization: `Bearer ${key}` },
        maxItems: 20, // in one request; the server refuses more
        fetch: (address, { signal, ...init } = {}) => {
          const silent = AbortSignal.timeout(SILENCE_MS);
          return fetch(address, { ...init, signal: signal ? AbortSignal.any([signal, silent]) : silent } as RequestInit);
        },
      }),
    ],
  });
}

export type DirectDebit = ReturnType<typeof connect>;
