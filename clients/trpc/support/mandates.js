// Inputs for the direct-debit procedures.

import { randomUUID } from 'node:crypto';

/** A mandate that nobody has, and whose id has the right form. */
export const nobodys = 'man_01JDCVN8Q00000000000000000';

/** A reference that has not been used. */
export function newReference() {
  return `T-${randomUUID().slice(0, 13).toUpperCase()}`;
}

/** The input of `mandates.create`; the sort code is one that no weight table covers. */
export function newMandate(reference = newReference(), more = {}) {
  return {
    payer: { name: 'Sam Tenant' },
    bankDetails: { sortCode: '000099', accountNumber: '12345678', accountHolderName: 'Sam Tenant' },
    evidence: { channel: 'online', agreedAt: '2026-01-05T10:00:00Z' },
    reference,
    ...more,
  };
}
