// What the stock clients, and raw HTTP where no client makes the case, must find at /trpc. Each test
// begins with the number of the point that it shows.
//
//   npm ci && npm test                              starts a server of its own
//   KEYREEVE_URL=... KEYREEVE_KEY=... npm test      asks one that is running

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { client10, client11_4, client11_25, clients } from './support/clients.js';
import { assertError, assertRefused, get, post, refusal, request } from './support/http.js';
import { newMandate, newReference, nobodys } from './support/mandates.js';
import { server as connectToServer } from './support/server.js';

const versions11 = [client11_4, client11_25];
const json = { 'content-type': 'application/json' };
const wrongKey = `dd_test_1${'0'.repeat(50)}`;

/** More calls than these tests make with one key, the limit aside. */
const callsOfOneRun = 200;

let server;
before(async () => {
  server = await connectToServer();
  for (const key of [server.key, server.readKey, server.otherKey]) await untilFresh(key);
});
after(() => server?.close());

/** The HTTP statuses that a client has met. */
const statuses = ({ answers }) => answers.map((answer) => answer.status);

for (const version of clients) {
  describe(version.name, () => {
    test('1 a query without, with null and with an object as its input', async () => {
      const { client } = version.single(server, server.readKey);

      assert.ok(Array.isArray((await client.mandates.list.query()).items));
      assert.ok(Array.isArray((await client.mandates.list.query(null)).items));
      assert.ok((await client.mandates.list.query({ limit: 1 })).items.length <= 1);
    });

    test('2 a mutation, and one with an empty body', async () => {
      const { client } = version.single(server, server.key);

      const { mandate } = await client.mandates.create.mutate(newMandate());
      const cancelled = await client.mandates.cancel.mutate({ id: mandate.id });
      const error = await refusal(version, client.mandates.cancel.mutate(), 'BAD_REQUEST');

      assert.equal(cancelled.mandate.status, 'cancelled');
      assert.equal(error.data.reason, 'invalid_input');
      assert.deepEqual(error.data.issues.map((issue) => issue.path), ['id']);
    });

    test('3 nested paths in one batch', async () => {
      const connection = version.batch(server, server.readKey);

      await Promise.all([connection.client.auth.whoami.query(), connection.client.mandates.list.query()]);

      assert.deepEqual(statuses(connection), [200]);
    });

    test('4 a batch with holes', async () => {
      const connection = version.batch(server, server.key);
      const { mandate } = await connection.client.mandates.create.mutate(newMandate());

      const [, , found] = await Promise.all([
        connection.client.auth.whoami.query(),
        connection.client.mandates.list.query(),
        connection.client.mandates.get.query({ id: mandate.id }),
        connection.client.auth.whoami.query(),
      ]);

      assert.equal(found.id, mandate.id);
      assert.deepEqual(statuses(connection), [200, 200]);
    });

    test('5 a batch tells each call its own answer', async () => {
      const connection = version.batch(server, server.readKey);

      const [, missing] = await Promise.all([
        connection.client.auth.whoami.query(),
        refusal(version, connection.client.mandates.get.query({ id: nobodys }), 'NOT_FOUND'),
      ]);
      await Promise.all([
        refusal(version, connection.client.mandates.cancel.mutate({ id: nobodys }), 'FORBIDDEN'),
        refusal(version, connection.client.mandates.create.mutate(newMandate()), 'FORBIDDEN'),
      ]);

      assert.equal(missing.data.path, 'mandates.get');
      assert.deepEqual(statuses(connection), [207, 403]);
    });

    test('6 an unknown procedure in a batch fails alone', async () => {
      const connection = version.batch(server, server.readKey);

      const [me, error] = await Promise.all([
        connection.client.auth.whoami.query(),
        refusal(version, connection.client.mandates.nothing.query(), 'NOT_FOUND'),
      ]);

      assert.ok(me);
      assert.equal(error.data.reason, 'unknown_procedure');
      assert.deepEqual(statuses(connection), [207]);
    });

    test('8 a batch of 21 is refused as a whole', async () => {
      const connection = version.batch(server, server.readKey);

      const errors = await Promise.all(
        Array.from({ length: 21 }, () =>
          refusal(version, connection.client.auth.whoami.query(), 'BAD_REQUEST')),
      );

      assert.ok(errors.every((error) => error.data.reason === 'batch_too_long'));
      assert.deepEqual(statuses(connection), [400]);
    });

    for (const link of ['single', 'batch']) {
      test(`14 the ${link} link understands every refusal`, async () => {
        const { client } = version[link](server, server.key);
        const { client: nobody } = version[link](server, undefined);
        const { client: stranger } = version[link](server, wrongKey);
        const tooLarge = newMandate(undefined, { metadata: { note: 'x'.repeat(1024 * 1024) } });

        const missing = await refusal(version, nobody.mandates.list.query(), 'UNAUTHORIZED');
        const wrong = await refusal(version, stranger.mandates.list.query(), 'UNAUTHORIZED');
        const large = await refusal(version, client.mandates.create.mutate(tooLarge), 'PAYLOAD_TOO_LARGE');
        const unknown = await refusal(version, client.nothing.here.query(), 'NOT_FOUND');

        assert.equal(missing.data.reason, 'missing_credential');
        assert.equal(wrong.data.reason, 'invalid_key');
        assert.equal(large.data.httpStatus, 413);
        assert.equal(unknown.data.httpStatus, 404);
      });
    }

    test('21 a key without the scope is refused before its input is looked at', async () => {
      const { client } = version.single(server, server.readKey);

      const error = await refusal(version, client.mandates.cancel.mutate({ colour: 7 }), 'FORBIDDEN');

      assert.equal(error.data.requiredScope, 'mandates:write');
    });

    test('22 an organisation sees nothing of another', async () => {
      const { client } = version.single(server, server.key);
      const { client: other } = version.single(server, server.otherKey);
      const idempotencyKey = randomUUID();
      const input = newMandate(undefined, { idempotencyKey });
      const { mandate: ours } = await client.mandates.create.mutate(input);
      const { mandate: theirs, replayed } = await other.mandates.create.mutate(input);
      const { mandate: newer } = await client.mandates.create.mutate(newMandate());
      const { nextCursor } = await client.mandates.list.query({ limit: 1 });

      await refusal(version, other.mandates.get.query({ id: ours.id }), 'NOT_FOUND');
      await refusal(version, other.mandates.cancel.mutate({ id: ours.id }), 'NOT_FOUND');
      const pages = [
        await other.mandates.list.query({ limit: 200 }),
        await other.mandates.list.query({ reference: input.reference }),
        await other.mandates.list.query({ cursor: nextCursor }),
      ];
      const seen = pages.flatMap((page) => page.items.map((mandate) => mandate.id));

      assert.equal(replayed, false);
      assert.notEqual(theirs.id, ours.id);
      assert.ok(seen.includes(theirs.id));
      assert.ok(!seen.includes(ours.id) && !seen.includes(newer.id));
    });
  });
}

for (const version of versions11) {
  describe(version.name, () => {
    test('10 a query by POST', async () => {
      const connection = version.single(server, server.readKey, { methodOverride: 'POST' });

      assert.ok(Array.isArray((await connection.client.mandates.list.query({ limit: 1 })).items));

      assert.deepEqual(statuses(connection), [200]);
    });

    test('16 the stream link', async () => {
      const connection = version.stream(server, server.readKey);

      const [me, missing, page] = await Promise.all([
        connection.client.auth.whoami.query(),
        refusal(version, connection.client.mandates.get.query({ id: nobodys }), 'NOT_FOUND'),
        connection.client.mandates.list.query(),
      ]);

      assert.ok(me);
      assert.equal(missing.data.httpStatus, 404);
      assert.ok(Array.isArray(page.items));
      assert.deepEqual(statuses(connection), [200]);
    });

    test('18 events begin, follow and resume', { timeout: 60_000 }, async () => {
      const { client } = version.single(server, server.key);
      const listening = version.listen(server, server.key);
      assert.deepEqual(await listening.next(), { started: true });
      const { mandate: first } = await client.mandates.create.mutate(newMandate());
      const told = (await heardUntil(listening, first.id)).at(-1);
      listening.stop();
      const { mandate: second } = await client.mandates.create.mutate(newMandate());
      const resumed = version.listen(server, server.key, { lastEventId: told.id });
      assert.deepEqual(await resumed.next(), { started: true });
      const missed = await heardUntil(resumed, second.id);
      resumed.stop();

      assert.ok(missed.every((event) => event.id !== undefined && event.id !== told.id));
    });

    test('18 a listener understands every refusal', { timeout: 60_000 }, async () => {
      const stranger = version.listen(server, wrongKey);
      const { error: unknown } = await stranger.next();
      const lost = version.listen(server, server.readKey, { lastEventId: 'no such event' });
      assert.deepEqual(await lost.next(), { started: true });
      const { error: nowhere } = await lost.next();

      assert.equal(unknown.data.code, 'UNAUTHORIZED');
      assert.equal(nowhere.data.code, 'BAD_REQUEST');
    });

    test('22 a listener hears nothing of another organisation', { timeout: 60_000 }, async () => {
      const { client } = version.single(server, server.key);
      const { client: other } = version.single(server, server.otherKey);
      const listening = version.listen(server, server.otherKey);
      assert.deepEqual(await listening.next(), { started: true });
      const { mandate: ours } = await client.mandates.create.mutate(newMandate());
      const { mandate: theirs } = await other.mandates.create.mutate(newMandate());
      const heard = await heardUntil(listening, theirs.id);
      listening.stop();

      assert.ok(heard.every((event) => !JSON.stringify(event).includes(ours.id)));
    });
  });
}

describe(client11_25.name, () => {
  test('16 the stream link understands the refusal of a whole request', async () => {
    const { client } = client11_25.stream(server, wrongKey);

    const errors = await Promise.all([
      refusal(client11_25, client.auth.whoami.query(), 'UNAUTHORIZED'),
      refusal(client11_25, client.mandates.list.query(), 'UNAUTHORIZED'),
    ]);

    assert.ok(errors.every((error) => error.data.reason === 'invalid_key'));
  });
});

for (const version of [client10, client11_4]) {
  describe(version.name, () => {
    test('16 the stream link fails, though without knowing why, when a whole request is refused', async () => {
      const { client } = version.stream(server, wrongKey);

      await assert.rejects(client.auth.whoami.query(), version.TRPCClientError);
    });
  });
}

describe(client10.name, () => {
  test('17 the stream link', async () => {
    const connection = client10.stream(server, server.readKey);

    const [me, missing, page] = await Promise.all([
      connection.client.auth.whoami.query(),
      refusal(client10, connection.client.mandates.get.query({ id: nobodys }), 'NOT_FOUND'),
      connection.client.mandates.list.query(),
    ]);

    assert.ok(me);
    assert.equal(missing.data.httpStatus, 404);
    assert.ok(Array.isArray(page.items));
    assert.deepEqual(statuses(connection), [200]);
  });
});

describe('raw HTTP', () => {
  test('3 a batch whose comma is percent-encoded', async () => {
    const answer = await get(server, '/auth.whoami%2Cauth.whoami?batch=1', server.readKey);

    assert.equal(answer.status, 200);
    assert.equal(answer.json.length, 2);
  });

  test('7 queries and mutations in one batch are refused as a whole', async () => {
    const reference = newReference();

    const answer = await post(server, '/mandates.list,mandates.create?batch=1', server.key, {
      1: newMandate(reference),
    });

    assertRefused(answer, 400, 'BAD_REQUEST');
    const { json: page } = await get(server, '/mandates.list', server.key, { reference });
    assert.deepEqual(page.result.data.items, []);
  });

  test('8 a thousand commas are refused before anything is looked up', async () => {
    const answer = await get(server, `/${'a,'.repeat(1_000)}?batch=1`);

    assertRefused(answer, 400, 'BAD_REQUEST');
    assert.equal(answer.json.error.data.reason, 'batch_too_long');
  });

  test('9 a mutation by GET', async () => {
    const answer = await get(server, '/mandates.cancel', server.key, { id: nobodys });

    assertRefused(answer, 405, 'METHOD_NOT_SUPPORTED');
    assert.equal(answer.headers.get('allow'), 'POST');
  });

  test('10 a query by POST', async () => {
    const answer = await post(server, '/mandates.list', server.readKey, { limit: 1 });

    assert.equal(answer.status, 200);
  });

  test('11 another content type than JSON', async () => {
    const asText = { headers: { 'content-type': 'text/plain' }, body: '{}', key: server.key };

    assertRefused(await request(server, 'POST', '/mandates.cancel', asText), 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  test('12 malformed JSON and a malformed percent-escape', async () => {
    const malformed = { headers: json, body: '{"id":', key: server.key };

    assertRefused(await request(server, 'POST', '/mandates.cancel', malformed), 400, 'PARSE_ERROR');
    assertRefused(await get(server, '/mandates.get?input=%7B', server.key), 400, 'PARSE_ERROR');
    assertRefused(await get(server, '/mandates.get?input=%zz', server.key), 400, 'BAD_REQUEST');
  });

  test('13 HEAD', async () => {
    const answer = await request(server, 'HEAD', '/mandates.list');

    assert.equal(answer.status, 204);
    assert.equal(answer.text, '');
  });

  test('18 the form of a subscription', { timeout: 60_000 }, async () => {
    const abort = new AbortController();
    const response = await fetch(`${server.url}/trpc/mandates.stream`, {
      headers: { authorization: `Bearer ${server.readKey}`, accept: 'text/event-stream' },
      signal: abort.signal,
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const { value: first } = await reader.read();
    abort.abort();

    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    assert.equal(response.headers.get('cache-control'), 'no-cache, no-transform');
    assert.equal(response.headers.get('x-accel-buffering'), 'no');
    assert.match(first, /^event: connected\ndata: \{.*\}\n\n/);
  });

  test('18 a key in the URL of a subscription', async () => {
    const params = encodeURIComponent(JSON.stringify({ authorization: `Bearer ${server.readKey}` }));

    const answer = await get(server, `/mandates.stream?connectionParams=${params}`);

    assertRefused(answer, 400, 'BAD_REQUEST');
    assert.ok(!answer.text.includes(server.readKey));
  });

  test('19 a mutation whose caller leaves is done once or not at all', { timeout: 60_000 }, async () => {
    for (let attempt = 0; attempt < 10; attempt++) {
      const input = newMandate(newReference(), { idempotencyKey: randomUUID() });

      await sendAndLeave('/mandates.create', server.key, input);
      const again = await settled(() => post(server, '/mandates.create', server.key, input));

      assert.equal(again.status, 200, again.text);
      const { json: page } = await get(server, '/mandates.list', server.key, { reference: input.reference });
      assert.deepEqual(
        page.result.data.items.map((mandate) => mandate.id),
        [again.json.result.data.mandate.id]);
    }
  });

  test('20 no refusal tells anything of the inside', async () => {
    const odd = [
      ['GET', '/mandates.get?input=[]'],
      ['GET', '/mandates.get?input=%22%5Cud800%22'],
      ['GET', `/mandates.get?input=${'%5B'.repeat(600)}`],
      ['GET', '/mandates.get?input=1e999999999'],
      ['GET', '/mandates.get?batch=1&input=7'],
      ['GET', '/'],
      ['GET', '/__proto__.constructor'],
      ['PUT', '/mandates.get'],
      ['OPTIONS', '/mandates.get'],
    ];
    for (const [method, path] of odd) {
      const { json: body, status } = await request(server, method, path, { key: server.readKey });
      const [first] = [body].flat();
      assertError(first.error, status, first.error.data.code);
      assert.ok(status >= 400 && status < 500, `${method} ${path}: ${status}`);
    }
  });

  test('19 the Idempotency-Key header stands for the field of the input', async () => {
    const idempotencyKey = randomUUID();
    const input = newMandate();
    const keyed = { key: server.key, headers: { ...json, 'idempotency-key': idempotencyKey } };

    const first = await request(server, 'POST', '/mandates.create', { ...keyed, body: JSON.stringify(input) });
    const second = await post(server, '/mandates.create', server.key, { ...input, idempotencyKey });
    const differing = await request(server, 'POST', '/mandates.create', {
      ...keyed,
      body: JSON.stringify({ ...input, idempotencyKey: randomUUID() }),
    });

    assert.equal(first.json.result.data.replayed, false);
    assert.equal(second.json.result.data.replayed, true);
    assert.equal(second.json.result.data.mandate.id, first.json.result.data.mandate.id);
    assertRefused(differing, 400, 'BAD_REQUEST');
  });
});

// Last, because nothing is left of the other organisation's limit afterwards.
describe('the limit', () => {
  for (const version of clients) {
    test(`15 ${version.name} learns when to try again`, { timeout: 120_000 }, async () => {
      const connection = version.single(server, server.otherKey);

      const error = await untilLimited(connection);

      const { headers } = connection.answers.at(-1);
      assert.ok(error instanceof version.TRPCClientError);
      assert.equal(error.data.code, 'TOO_MANY_REQUESTS');
      assert.ok(error.data.retryAfterMs > 0 && error.data.retryAfterMs <= 60_000);
      assert.equal(Number(headers.get('retry-after')), Math.ceil(error.data.retryAfterMs / 1000));
      assert.equal(headers.get('x-ratelimit-remaining'), '0');
      assert.ok(Number(headers.get('x-ratelimit-limit')) > 0);
      assert.ok(Number(headers.get('x-ratelimit-reset')) * 1000 > Date.now() - 60_000);
    });
  }
});

/** Calls until the limit is used up. A window may end on the way, so this may take two of them. */
async function untilLimited({ client }) {
  const batch = `/${Array(20).fill('auth.whoami').join(',')}?batch=1`;
  for (;;) {
    await get(server, batch, server.otherKey);
    const answer = await client.auth.whoami.query().catch((error) => error);
    if (answer instanceof Error) return answer;
  }
}

/** Waits for the next window if an earlier run has used up this one. */
async function untilFresh(key) {
  const { headers } = await get(server, '/auth.whoami', key);
  if (Number(headers.get('x-ratelimit-remaining')) >= callsOfOneRun) return;

  await setTimeout(Math.max(0, Number(headers.get('x-ratelimit-reset')) * 1_000 - Date.now()));
}

/** The events up to the first that names a mandate, that one included. */
async function heardUntil(listening, id) {
  const heard = [];
  for (;;) {
    const { event, error } = await listening.next();
    assert.equal(error, undefined);
    heard.push(event);
    if (JSON.stringify(event.data).includes(id)) return heard;
  }
}

/** Calls again while the first call with the same idempotency key is still being carried out. */
async function settled(call) {
  for (;;) {
    const answer = await call();
    if (answer.json.error?.data.reason !== 'idempotency_in_progress') return answer;
    await setTimeout(50);
  }
}

/** Sends a whole request and hangs up without waiting for the answer. */
async function sendAndLeave(path, key, input) {
  const { hostname, port, host } = new URL(server.url);
  const body = JSON.stringify(input);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.write(
      `POST /trpc${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      resolve,
    );
  });
  socket.destroy();
}
