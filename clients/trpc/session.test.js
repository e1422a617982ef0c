// A signed-in person in the place of a key: the same procedures, by the scopes of a role.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clients } from './support/clients.js';
import { refusal } from './support/http.js';
import { newMandate } from './support/mandates.js';
import { server as startServer } from './support/server.js';

let server;
let session;

before(async () => {
  server = await startServer();
  if (server.ownersCode !== undefined) session = await signIn(server);
});
after(() => server?.close());

/** Makes the first person an owner; what the browser sends from then on. */
async function signIn({ url, ownersCode }) {
  const answer = await fetch(`${url}/auth/bootstrap`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code: ownersCode,
      email: 'olive@example.com',
      name: 'Olive Owner',
      password: 'a heron stands in the shallows',
    }),
  });
  const { data } = await answer.json();
  assert.equal(answer.status, 200);
  return {
    cookie: answer.headers.get('set-cookie').split(';')[0],
    'x-csrf-token': data.csrf_token,
  };
}

for (const version of clients) {
  test(`${version.name}: calls with a cookie`, async (t) => {
    if (session === undefined) return t.skip('KEYREEVE_OWNERS_CODE is not set');

    const { client } = version.batch(server, session);
    const { mandate } = await client.mandates.create.mutate(newMandate());
    const [whoami, found] = await Promise.all([
      client.auth.whoami.query(),
      client.mandates.get.query({ id: mandate.id }),
    ]);

    assert.equal(whoami.role, 'owner');
    assert.equal(whoami.email, 'olive@example.com');
    assert.equal(found.id, mandate.id);
  });

  test(`${version.name}: is refused without the token of our own pages`, async (t) => {
    if (session === undefined) return t.skip('KEYREEVE_OWNERS_CODE is not set');

    const { client } = version.single(server, { cookie: session.cookie });

    assert.ok(Array.isArray((await client.mandates.list.query()).items));
    const error = await refusal(version, client.mandates.create.mutate(newMandate()), 'FORBIDDEN');
    assert.equal(error.data.reason, 'cross_site');
  });
}
