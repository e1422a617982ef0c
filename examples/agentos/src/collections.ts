// Follows what is collected: which debits are planned, and what each comes to.

import type { CollectionDetails, CollectionView } from "keyreeve-dd";
import type { DirectDebit } from "./client.js";
import { daysAfter } from "./dates.js";
import type { Calendar } from "./sandbox.js";

/**
 * The first debit that is planned for a mandate.
 *
 * @param to the last day on which it may be
 */
export async function firstDebit(dd: DirectDebit, mandateId: string, to: string): Promise<CollectionView> {
  const { items } = await dd.collections.upcoming.query({ mandateId, to, limit: 1 });
  const [first] = items;
  if (first === undefined) throw new Error(`Nothing is planned for ${mandateId} until ${to}.`);
  return first;
}

/**
 * Waits until each of up to 200 collections has its outcome. Looking every minute would show nothing new: debits take
 * days, and each collection says on which day its outcome is expected. What is settled can still be claimed back, even
 * months later; whoever has to know of that follows `collections.events`.
 */
export async function outcomes(dd: DirectDebit, ids: string[], calendar: Calendar): Promise<CollectionDetails[]> {
  for (;;) {
    const collections = await getAll(dd, ids);
    const open = collections.filter(({ outcomeFinal }) => !outcomeFinal);
    if (open.length === 0) return collections;
    await calendar.until(nextLook(open, await calendar.today()));
  }
}

async function getAll(dd: DirectDebit, ids: string[]): Promise<CollectionDetails[]> {
  const { items } = await dd.collections.getMany.query({ ids });
  return items.map(({ id, collection }) => {
    if (collection === undefined) throw new Error(`There is no collection ${id}.`);
    return collection;
  });
}

/** The day after the first outcome is expected; tomorrow where one is overdue, or nobody can tell. */
export function nextLook(open: CollectionDetails[], today: string): string {
  const days = open.map(({ expectedFinalOn }) => {
    return expectedFinalOn === undefined || expectedFinalOn < today ? today : expectedFinalOn;
  });
  const [first = today] = days.sort();
  return daysAfter(first, 1);
}
