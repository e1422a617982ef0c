// The same for a sample that has every kind of procedure.

import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { AppRouter } from "../../procedure/src/test/resources/dev/keyreeve/procedure/typescript/app-router.js";

const client = createTRPCClient<AppRouter>({
  links: [httpSubscriptionLink({ url: "https://api.example.com/trpc" })],
});

export function follow(since: number): () => void {
  // @ts-expect-error a subscription is not queried
  void client.mandates.stream.query({ since });

  const open = client.mandates.stream.subscribe(
    { since },
    {
      onData: (event) => {
        const id: string = event.id;
        const type: string = event.data.type;
        // @ts-expect-error what happened is told inside of the event
        event.type;
        console.log(id, type);
      },
      onError: (error) => console.log(error.data?.reason),
    },
  );
  return () => open.unsubscribe();
}

export async function cancelAll(ids: string[]): Promise<string[]> {
  // @ts-expect-error the bulk form takes items
  await client.mandates.bulkCancel.mutate({ ids });

  const { items } = await client.mandates.bulkCancel.mutate({ items: ids.map((id) => ({ id })) });
  return items.map((item) => item.error?.reason ?? item.result?.state ?? "");
}
