import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { readOn } from "../src/feed.js";

let folder: string;
let file: string;
let log: { seq: number }[];
let handled: number[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "agentos-feed-"));
  file = join(folder, "position");
  log = [1, 2, 5, 9, 10].map((seq) => ({ seq }));
  handled = [];
});
afterEach(() => rm(folder, { recursive: true }));

/** Pages of two. */
async function read(afterSeq: number) {
  const items = log.filter(({ seq }) => seq > afterSeq).slice(0, 2);
  return { items, nextAfterSeq: items.at(-1)?.seq ?? afterSeq };
}

async function handle({ seq }: { seq: number }) {
  handled.push(seq);
}

test("each event comes in order, and none comes again in the next reading", async () => {
  assert.equal(await readOn(read, file, handle), 5);
  log.push({ seq: 12 });
  assert.equal(await readOn(read, file, handle), 1);
  assert.equal(await readOn(read, file, handle), 0);

  assert.deepEqual(handled, [1, 2, 5, 9, 10, 12]);
});

test("an event whose handling failed comes again, and those before it do not", async () => {
  const failing = readOn(read, file, async (event) => {
    await handle(event);
    if (event.seq === 5) throw new Error("The sink is away.");
  });
  await assert.rejects(failing, /away/);

  await readOn(read, file, handle);

  assert.deepEqual(handled, [1, 2, 5, 5, 9, 10]);
});

test("the position is a number that people can read and set", async () => {
  await readOn(read, file, handle);
  assert.equal(await readFile(file, "utf8"), "10\n");
  await writeFile(file, "2");

  await readOn(read, file, handle);

  assert.deepEqual(handled, [1, 2, 5, 9, 10, 5, 9, 10]);
});

test("a position that is damaged is not taken for the beginning", async () => {
  await writeFile(file, "");

  await assert.rejects(readOn(read, file, handle), /holds no number/);
  assert.deepEqual(handled, []);
});
