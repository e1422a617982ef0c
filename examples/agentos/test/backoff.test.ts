import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { backoffMs, type Pace, retryAfterMs } from "../src/backoff.js";

const noon = Date.UTC(2026, 2, 2, 12);

describe("Retry-After", () => {
  test("is a number of seconds", () => {
    assert.equal(retryAfterMs("0", noon), 0);
    assert.equal(retryAfterMs("42", noon), 42_000);
    assert.equal(retryAfterMs(" 7 ", noon), 7_000);
  });

  test("is an HTTP date, in its form of today or of old", () => {
    assert.equal(retryAfterMs("Mon, 02 Mar 2026 12:00:30 GMT", noon), 30_000);
    assert.equal(retryAfterMs("Monday, 02-Mar-26 12:00:30 GMT", noon), 30_000);
  });

  test("asks for nothing once its date has passed", () => {
    assert.equal(retryAfterMs("Mon, 02 Mar 2026 11:59:30 GMT", noon), 0);
  });

  test("is ignored when it is neither", () => {
    for (const header of [null, "", "-1", "1.5", "soon", "2026-03-02", "Mon, 99 Mar 2026 12:00:30 GMT", "Infinity"]) {
      assert.equal(retryAfterMs(header, noon), undefined, String(header));
    }
  });
});

describe("the back-off", () => {
  const pace: Pace = { attempts: 9, totalMs: 60_000, firstMs: 100, mostMs: 1_000 };
  const least = () => 0;
  const most = () => 1 - Number.EPSILON;

  test("is anything from nothing to a bound that doubles up to a cap", () => {
    const bounds = [1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(attempt, undefined, pace, most) + 1);

    assert.deepEqual(bounds, [100, 200, 400, 800, 1_000, 1_000]);
    assert.equal(backoffMs(4, undefined, pace, least), 0);
    assert.equal(backoffMs(4, undefined, pace, () => 0.5), 400);
  });

  test("begins when what the server asks for is over", () => {
    assert.equal(backoffMs(1, 5_000, pace, least), 5_000);
    assert.equal(backoffMs(3, 5_000, pace, most), 5_399);
  });

  test("stays finite however often a call was sent", () => {
    assert.equal(backoffMs(5_000, undefined, pace, most), 999);
  });
});
