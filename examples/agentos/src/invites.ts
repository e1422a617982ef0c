// Asks tenants for a mandate.

import { randomUUID } from "node:crypto";
import type { ScheduleDraft } from "keyreeve-dd";
import type { DirectDebit } from "./client.js";

/** Someone who rents, as agentOS knows them. */
export interface Tenancy {
  /** Also the mandate's reference, and so part of what makes its idempotency key: one tenancy, one mandate. */
  id: string;
  tenant: string;
  email: string;
  rent: ScheduleDraft;
}

export interface Invited {
  mandateId: string;
  /** Where the payer gives their bank details. Whoever has it can, so it is for the payer alone. */
  url: string;
}

export async function invite(dd: DirectDebit, tenancy: Tenancy): Promise<Invited> {
  let { mandate, url } = await dd.mandates.invite.mutate({
    payer: { externalRef: tenancy.id, name: tenancy.tenant, email: tenancy.email },
    reference: tenancy.id,
    schedule: tenancy.rent,
    idempotencyKey: `invite:${tenancy.id}`,
  });
  // A link is shown once. If the answer with it was lost, then the call that was sent again finds the mandate but has no
  // link. A new link takes the place of the old one, unless that is lost too.
  for (let tries = 0; url === undefined && tries < 3; tries++) {
    ({ url } = await dd.mandates.resendInvite.mutate({ id: mandate.id, idempotencyKey: randomUUID() }));
  }
  if (url === undefined) throw new Error(`No link for ${mandate.id} has arrived.`);
  return { mandateId: mandate.id, url };
}
