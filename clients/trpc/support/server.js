// The server under test: the one that the environment names, or one of its own with demo data.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const keyreeve = fileURLToPath(new URL('../../../keyreeve', import.meta.url));
const run = promisify(execFile);

/** What is read from the server's greeting. */
const greeting = {
  url: /listens on (\S+)/,
  key: /^Full key\s+(\S+)/,
  readKey: /^Read-only key\s+(\S+)/,
  ownersCode: /^Owner's code\s+(\S+)/,
};

/**
 * @returns {Promise<{url: string, key: string, readKey: string, otherKey: string, ownersCode?: string, close: () => Promise<void>}>}
 *   `key` has all scopes, `readKey` only those that read, and `otherKey` is another organisation's; `ownersCode` makes
 *   the first person an owner
 */
export async function server() {
  const { KEYREEVE_URL, KEYREEVE_KEY, KEYREEVE_READ_KEY, KEYREEVE_OTHER_KEY, KEYREEVE_OWNERS_CODE } = process.env;
  if (KEYREEVE_URL === undefined) return start();

  for (const [name, value] of Object.entries({ KEYREEVE_KEY, KEYREEVE_READ_KEY, KEYREEVE_OTHER_KEY })) {
    if (value === undefined) throw new Error(`KEYREEVE_URL is set, but ${name} is not`);
  }
  return {
    url: KEYREEVE_URL,
    key: KEYREEVE_KEY,
    readKey: KEYREEVE_READ_KEY,
    otherKey: KEYREEVE_OTHER_KEY,
    ownersCode: KEYREEVE_OWNERS_CODE,
    close: async () => {},
  };
}

async function start() {
  const directory = await mkdtemp(join(tmpdir(), 'keyreeve-clients-'));
  const child = spawn(keyreeve, ['serve', '--demo', '--port', '0', '--data-dir', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const greeted = await read(child.stdout);
    return { ...greeted, otherKey: await issueToAnother(directory), close };
  } catch (failure) {
    await close();
    throw failure;
  }
}

/** Reads on to the end, so that the server never waits for a reader. */
function read(output) {
  const found = {};
  const lines = createInterface({ input: output });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      for (const [name, pattern] of Object.entries(greeting)) {
        found[name] ??= pattern.exec(line)?.[1];
      }
      if (Object.keys(greeting).every((name) => found[name] !== undefined)) resolve(found);
    });
    lines.on('close', () => reject(new Error('The server ended before it had told its address and its keys.')));
  });
}

async function issueToAnother(directory) {
  const command = async (...words) => {
    const { stdout } = await run(keyreeve, [...words, '--output', 'json', '--data-dir', directory]);
    return JSON.parse(stdout);
  };
  const organisation = await command(
    'orgs', 'create', '--name', 'Another company', '--plan', 'professional', '--env', 'test');
  const scopes = ['mandates:read', 'mandates:write'].flatMap((scope) => ['--scope', scope]);
  const issued = await command(
    'keys', 'issue', '--workspace', organisation.workspace_id, '--name', 'Clients', '--limit', '600', ...scopes);
  return issued.key;
}
