// The story, from an invite to the end of a mandate.

import { TRPCClientError } from "@trpc/client";
import { connect } from "./client.js";
import { invite, type Tenancy } from "./invites.js";
import { cancel, history } from "./mandates.js";
import { agree } from "./payer.js";
import { missing, setting } from "./settings.js";

/** Sets the tenancies of this run apart from those of any other. */
const run = Date.now().toString(36).toUpperCase();

/** The last digits of a sort code tell the sandbox how the account behaves. */
const tenancies: (Tenancy & { sortCode: string })[] = [
  { id: `RENT-${run}-1`, tenant: "Ada Brook", email: "ada@example.com", sortCode: "00-00-01" },
  { id: `RENT-${run}-2`, tenant: "Ben Marsh", email: "ben@example.com", sortCode: "00-00-22" },
];

async function story(): Promise<void> {
  const dd = connect(setting("KEYREEVE_URL"), setting("KEYREEVE_KEY"));

  const me = await dd.auth.whoami.query();
  const lacking = missing(me.scopes);
  if (lacking.length > 0) throw new Error(`The key lacks ${lacking.join(", ")}.`);
  console.log(`agentOS speaks for workspace ${me.workspaceId}`);

  const invited = await Promise.all(
    tenancies.map(async (tenancy) => ({ ...tenancy, ...(await invite(dd, tenancy)) })),
  );
  for (const { tenant, sortCode, url, mandateId } of invited) {
    const agent = await agree(url, { sortCode, accountNumber: "12345678", accountHolderName: tenant });
    const { status } = await dd.mandates.get.query({ id: mandateId });
    console.log(`${tenant} lets ${agent} collect: ${status}`);
  }

  for (const { tenant, mandateId } of invited) {
    const status = await cancel(dd, mandateId, "The tenancy has ended.");
    console.log(`The mandate of ${tenant} is ${status}: ${(await history(dd, mandateId)).join(", ")}`);
  }
}

try {
  await story();
} catch (error) {
  // Of a refusal, the word that does not change and the sentence for people; of anything else, where it happened.
  console.error(error instanceof TRPCClientError ? `${error.data?.reason ?? "no answer"}: ${error.message}` : error);
  process.exitCode = 1;
}
