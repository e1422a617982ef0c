import assert from "node:assert/strict";
import { test } from "node:test";
import type { CollectionDetails } from "keyreeve-dd";
import { nextLook } from "../src/collections.js";

/** A collection of which only this is known. */
function expected(...dates: (string | undefined)[]): CollectionDetails[] {
  return dates.map((expectedFinalOn) => ({ expectedFinalOn }) as CollectionDetails);
}

test("the next look is on the day after the first outcome is expected", () => {
  assert.equal(nextLook(expected("2027-03-05", "2027-02-28"), "2027-02-01"), "2027-03-01");
});

test("what is overdue is looked at again the next day", () => {
  assert.equal(nextLook(expected("2027-02-01"), "2027-02-03"), "2027-02-04");
  assert.equal(nextLook(expected("2027-02-01", "2027-03-05"), "2027-02-03"), "2027-02-04");
});

test("what nobody can tell is looked at again the next day", () => {
  assert.equal(nextLook(expected("2028-01-31", undefined), "2027-12-31"), "2028-01-01");
});
