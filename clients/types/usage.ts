// What a client may write against the types of the direct-debit API, and what the compiler must refuse.
// Each line under an @ts-expect-error has to be an error, or the check fails.

import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../docs/reference/dd/app-router.js";

const client = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: "https://api.example.com/trpc" })],
});

export async function whoAmI(): Promise<string[]> {
  // @ts-expect-error an input without fields takes none
  await client.auth.whoami.query({ workspace: "ws_1" });

  const identity = await client.auth.whoami.query();
  return identity.scopes;
}

export async function activeMandates(): Promise<string[]> {
  // @ts-expect-error a limit is a number
  await client.mandates.list.query({ limit: "50" });
  // @ts-expect-error there is no such status
  await client.mandates.list.query({ status: ["lost"] });
  // @ts-expect-error there is no such filter
  await client.mandates.list.query({ nonsense: true });
  // @ts-expect-error a query does not change anything
  await client.mandates.list.mutate({});

  const ids: string[] = [];
  let page = await client.mandates.list.query();
  for (;;) {
    for (const mandate of page.items) {
      // @ts-expect-error a version is a number
      const version: string = mandate.version;
      // @ts-expect-error a mandate has no such field
      mandate.nonsense;
      if (mandate.status === "active") ids.push(mandate.id, version);
      // @ts-expect-error there is no such status
      if (mandate.status === "lost") ids.push(mandate.id);
    }
    if (page.nextCursor === undefined) return ids;
    page = await client.mandates.list.query({ status: ["active"], cursor: page.nextCursor });
  }
}

export async function create(): Promise<string> {
  // @ts-expect-error evidence is required
  await client.mandates.create.mutate({
    payer: { name: "A PAYER" },
    bankDetails: { sortCode: "200000", accountNumber: "55779911", accountHolderName: "A PAYER" },
  });

  const { mandate, replayed } = await client.mandates.create.mutate({
    payer: { name: "A PAYER" },
    bankDetails: { sortCode: "200000", accountNumber: "55779911", accountHolderName: "A PAYER" },
    evidence: { channel: "paper", agreedAt: "2026-03-02T09:30:00Z" },
    metadata: { property: "12 High Street" },
    idempotencyKey: "order-7",
  });
  return replayed ? "" : mandate.id;
}

export async function cancel(id: string): Promise<boolean> {
  // @ts-expect-error the mandate has to be named
  await client.mandates.get.query();
  // @ts-expect-error the mandate has to be named
  await client.mandates.cancel.mutate({});
  // @ts-expect-error what changes something is no query
  await client.mandates.cancel.query({ id });
  // @ts-expect-error there is no such procedure
  await client.mandates.nonsense.mutate({ id });

  const mandate = await client.mandates.get.query({ id });
  const change = await client.mandates.cancel.mutate({ id, ifVersion: mandate.version });
  return change.changed;
}

export async function reasonOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "none";
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;

    const { data } = error as TRPCClientError<AppRouter>;
    // @ts-expect-error a status is a number
    const status: string | undefined = data?.httpStatus;
    const wait: number | undefined = data?.retryAfterMs;
    const paths = data?.issues?.map((issue) => issue.path) ?? [];
    return [data?.reason, status, wait, ...paths].join(" ");
  }
}

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;

export const channel: Inputs["mandates"]["create"]["evidence"]["channel"] = "telephone";
// @ts-expect-error there is no such channel
export const noChannel: Inputs["mandates"]["create"]["evidence"]["channel"] = "pigeon";
export const idsOf = (page: Outputs["mandates"]["list"]): string[] => page.items.map((item) => item.id);
