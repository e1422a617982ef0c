// Requests that no client makes, and what every answer must be like.

import assert from 'node:assert/strict';

/** Words that only the inside of the server uses. */
const inside = /Exception|\bjava\.|dev\.keyreeve|org\.postgresql|\bat \S+\(|\.java:/;

/** Sends one request. Of what came back, `json` is the parsed body where there is one. */
export async function request(server, method, path, { key, headers, body } = {}) {
  const response = await fetch(`${server.url}/trpc${path}`, {
    method,
    body,
    headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
  });
  const text = await response.text();
  assert.doesNotMatch(text, inside);
  return { status: response.status, headers: response.headers, text, json: text === '' ? undefined : JSON.parse(text) };
}

export function post(server, path, key, input) {
  return request(server, 'POST', path, {
    key,
    headers: { 'content-type': 'application/json' },
    body: input === undefined ? undefined : JSON.stringify(input),
  });
}

export function get(server, path, key, input) {
  if (input === undefined) return request(server, 'GET', path, { key });

  return request(server, 'GET', `${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { key });
}

/** One envelope, not a list of them, with a code that agrees with the status. */
export function assertRefused(answer, status, code) {
  assert.equal(answer.status, status, answer.text);
  assertError(answer.json.error, status, code);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
}

export function assertError(error, status, code) {
  assert.equal(typeof error.message, 'string');
  assert.equal(typeof error.code, 'number');
  assert.equal(error.data.code, code);
  assert.equal(error.data.httpStatus, status);
  assert.equal(typeof error.data.reason, 'string');
  assert.doesNotMatch(JSON.stringify(error), inside);
}

/** The error with which a client rejects; it must be one that the client understood. */
export async function refusal(version, promise, code) {
  const error = await promise.then(
    (value) => assert.fail(`expected ${code}, not ${JSON.stringify(value)}`),
    (reason) => reason,
  );
  assert.ok(error instanceof version.TRPCClientError, String(error));
  assert.equal(error.data?.code, code, error.message);
  assert.doesNotMatch(JSON.stringify(error.shape), inside);
  return error;
}
