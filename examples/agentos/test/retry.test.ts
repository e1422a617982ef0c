// The link between a stock client and a server of HTTP that answers as it is told; time passes when the link sleeps.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, describe, test } from "node:test";
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "keyreeve-dd";
import type { Pace } from "../src/backoff.js";
import { isRepeatable, retryLink, type World } from "../src/retry.js";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const cancel = { id: "man_1" };
const keyed = { ...cancel, idempotencyKey: "cancel:man_1" };
const pace: Pace = { attempts: 4, totalMs: 90_000, firstMs: 1_000, mostMs: 60_000 };

let server: Server;
let answers: Answer[];
let bodies: string[];
let waits: number[];
let now: number;

const world: World = {
  now: () => now,
  random: () => 0.5,
  async sleep(ms, signal) {
    signal.throwIfAborted();
    now += ms;
  },
  onWait: (_path, _reason, ms) => waits.push(ms),
};

before(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    const answer = answers.shift();
    assert.ok(answer, "more was sent than expected");
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
after(() => server.close());
afterEach(() => assert.deepEqual(answers, [], "less was sent than expected"));

/** A client of a server that gives these answers, one after the other. */
function client(...expected: Answer[]) {
  answers = expected;
  bodies = [];
  waits = [];
  now = Date.UTC(2026, 2, 2, 12);
  const { port } = server.address() as AddressInfo;
  return createTRPCClient<AppRouter>({
    links: [retryLink(pace, world), httpBatchLink({ url: `http://127.0.0.1:${port}/trpc` })],
  });
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function error(httpStatus: number, reason: string) {
  return { error: { message: reason, code: -32_000, data: { code: "X", httpStatus, reason, path: "x" } } };
}

const refuse =
  (status: number, reason: string, headers?: Record<string, string>): Answer =>
  (_, response) =>
    json(response, status, error(status, reason), headers);

const limited = (retryAfter: string) => refuse(429, "rate_limited", { "retry-after": retryAfter });

const done: Answer = (_, response) => json(response, 200, [{ result: { data: { changed: true } } }]);

const hangUp: Answer = (request) => request.socket.destroy();

async function failure(call: Promise<unknown>) {
  const thrown = await call.then(() => assert.fail("it was answered"), (reason: unknown) => reason);
  assert.ok(thrown instanceof TRPCClientError, String(thrown));
  return thrown as TRPCClientError<AppRouter>;
}

describe("a call that is refused for now", () => {
  test("is sent again after what the server asks for and half of the back-off", async () => {
    const dd = client(limited("17"), limited("Mon, 02 Mar 2026 12:00:20 GMT"), done);

    await dd.mandates.list.query();

    assert.deepEqual(waits, [17_500, 2_500 + 1_000]);
  });

  test("is sent again though the server does not say when", async () => {
    const dd = client(refuse(503, "verification_unavailable"), refuse(503, "overloaded"), hangUp, done);

    await dd.mandates.list.query();

    assert.deepEqual(waits, [500, 1_000, 2_000]);
  });

  test("is sent again when a proxy answers in its own words", async () => {
    const dd = client((_, response) => response.writeHead(502).end("<h1>Bad gateway</h1>"), done);

    await dd.mandates.list.query();

    assert.equal(waits.length, 1);
  });

  test("is given up after the last attempt", async () => {
    const dd = client(limited("1"), limited("1"), limited("1"), limited("1"));

    const { data } = await failure(dd.mandates.list.query());

    assert.equal(data?.reason, "rate_limited");
    assert.equal(waits.length, 3);
  });

  test("is given up at once when the wait would be too long", async () => {
    const dd = client(limited("60"), limited("60"));

    await failure(dd.mandates.list.query());

    assert.deepEqual(waits, [60_500]);
  });

  test("is given up when its caller leaves", async () => {
    const caller = new AbortController();
    const dd = client((request, response) => {
      limited("1")(request, response);
      caller.abort();
    });

    await failure(dd.mandates.list.query(undefined, { signal: caller.signal }));
  });
});

describe("a mutation", () => {
  test("is sent again, just as it was, when it carries an idempotency key", async () => {
    const dd = client(limited("1"), hangUp, refuse(409, "idempotency_in_progress"), done);

    await dd.mandates.cancel.mutate(keyed);

    assert.deepEqual(new Set(bodies), new Set([JSON.stringify({ 0: keyed })]));
    assert.equal(bodies.length, 4);
  });

  for (const [name, answer] of Object.entries({ limited: limited("1"), unavailable: refuse(503, "overloaded"), hangUp })) {
    test(`is not sent again without one: ${name}`, async () => {
      await failure(client(answer).mandates.cancel.mutate(cancel));

      assert.deepEqual(waits, []);
    });
  }

  test("in bulk needs a key on each item", () => {
    assert.ok(isRepeatable({ type: "mutation", input: { items: [keyed, keyed] } }));
    assert.ok(!isRepeatable({ type: "mutation", input: { items: [keyed, cancel] } }));
    assert.ok(!isRepeatable({ type: "mutation", input: { items: [] } }));
  });

  test("has no key where there is nothing, or something else", () => {
    for (const input of [undefined, null, {}, [], "idempotencyKey", { idempotencyKey: "" }, { idempotencyKey: 7 }]) {
      assert.ok(!isRepeatable({ type: "mutation", input }), JSON.stringify(input));
    }
  });
});

test("no stream is opened again: its own link does that", () => {
  assert.ok(!isRepeatable({ type: "subscription", input: {} }));
});

describe("a refusal for good", () => {
  for (const [status, reason] of [[400, "invalid_input"], [401, "key_revoked"], [403, "insufficient_scope"],
    [404, "mandate_not_found"], [409, "version_mismatch"], [500, "internal"]] as const) {
    test(`is told at once: ${status} ${reason}`, async () => {
      const { data } = await failure(client(refuse(status, reason)).mandates.cancel.mutate(keyed));

      assert.equal(data?.reason, reason);
    });
  }
});

test("of a batch, only the call that can be mended is sent again", async () => {
  const dd = client(
    (_, response) => json(response, 207, [error(404, "mandate_not_found"), error(503, "overloaded")]),
    (_, response) => json(response, 200, [{ result: { data: { id: "man_2" } } }]),
  );

  const [missing, found] = await Promise.allSettled([
    dd.mandates.get.query({ id: "man_1" }),
    dd.mandates.get.query({ id: "man_2" }),
  ]);

  assert.equal(missing.status, "rejected");
  assert.deepEqual(found, { status: "fulfilled", value: { id: "man_2" } });
});
