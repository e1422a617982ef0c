// Reads a feed of events, such as `mandates.events`, and remembers how far it has come, whatever happens to agentOS.

import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

export interface Page<E> {
  items: E[];
  /** What to ask for next, now or later. */
  nextAfterSeq: number;
}

/**
 * Hands over every event since the last reading, in order, each at least once: if agentOS ends between an event and the
 * note that it was handled, the event comes again. So handling one twice must be the same as once.
 *
 * @param read one page of the feed, from behind a number
 * @param file where the number is kept
 * @returns how many events there were
 */
export async function readOn<E extends { seq: number }>(
  read: (afterSeq: number) => Promise<Page<E>>,
  file: string,
  handle: (event: E) => Promise<void>,
): Promise<number> {
  let count = 0;
  for (let afterSeq = await position(file); ; ) {
    const { items, nextAfterSeq } = await read(afterSeq);
    for (const event of items) {
      await handle(event);
      await keep(file, event.seq);
      count++;
    }
    if (items.length === 0) return count;
    afterSeq = nextAfterSeq;
  }
}

/** The number of the last event that was handled, 0 before the first. */
async function position(file: string): Promise<number> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "0";
    throw error;
  });
  if (!/^[0-9]+\n?$/.test(text)) throw new Error(`${file} holds no number of an event.`);
  return Number(text);
}

/** Replaces the file as a whole, so that whoever reads it, even after a loss of power, sees the old number or the new. */
async function keep(file: string, seq: number): Promise<void> {
  const next = `${file}.new`;
  await written(next, `${seq}\n`);
  await rename(next, file);
  await synced(dirname(file));
}

async function written(file: string, text: string): Promise<void> {
  const handle = await open(file, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function synced(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
