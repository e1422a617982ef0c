// The story as its reader runs it, against a real server.

import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type Keyreeve, root, run, startKeyreeve } from "./keyreeve.js";

const example = join(root, "examples/agentos");
const scopes = ["mandates:read", "mandates:write", "collections:read", "alerts:read", "alerts:write", "reports:read"];

let keyreeve: Keyreeve;

before(async () => {
  keyreeve = await startKeyreeve();
});
after(() => keyreeve.close());

/** What the story must come to, whatever happened on its way. */
function assertTold(output: string, agent: string) {
  const ended = "mandate.invited, invite.viewed, invite.completed, mandate.submitted, mandate.active, mandate.cancelled";
  const expected = [
    /^agentOS speaks for workspace wks_/,
    new RegExp(`^Ada Brook lets ${agent} collect: pending_submission$`),
    new RegExp(`^Ben Marsh lets ${agent} collect: pending_submission$`),
    new RegExp(`^Cara Dunn lets ${agent} collect: pending_submission$`),
    /^The rent of Ada Brook is settled: settled$/,
    /^The rent of Ben Marsh is settled: failed, then settled$/,
    /^The rent of Cara Dunn is clawed_back: settled$/,
    /^For the desk: alert.opened, failure_rate \(critical\)$/,
    /^For the desk: alert.opened, large_claim \(warning\)$/,
    /^For the desk: alert.acknowledged, failure_rate \(critical\)$/,
    /^For the desk: alert.acknowledged, large_claim \(warning\)$/,
    /^The mandate of Ada Brook is cancelled, and 1[0-9] planned rents with it$/,
    new RegExp(`^  ${ended}$`),
    /^The mandate of Ben Marsh is cancelled, and 1[0-9] planned rents with it$/,
    new RegExp(`^  ${ended}$`),
    /^The mandate of Cara Dunn is cancelled, and 1[0-9] planned rents with it$/,
    new RegExp(`^  ${ended}$`),
    /^Collected 3 of 3 rents, 2 of them at the first attempt$/,
    /^Claimed back 1 of 3$/,
    /^Mandates: 3 came into force, 3 were ended$/,
  ];
  const lines = output.trimEnd().split("\n");
  assert.equal(lines.length, expected.length, output);
  expected.forEach((pattern, index) => assert.match(lines[index] ?? "", pattern));
}

/** A new organisation, and a key to its workspace. */
async function issueKey(name: string, limit: number, held: string[]): Promise<string> {
  const { command } = keyreeve;
  const { workspace_id } = await command("orgs", "create", "--name", name, "--plan", "professional", "--env", "test");
  assert.ok(workspace_id);
  const { key } = await command("keys", "issue", "--workspace", workspace_id, "--name", "agentOS", "--limit", `${limit}`,
    ...held.flatMap((scope) => ["--scope", scope]));
  assert.ok(key);
  return key;
}

async function tell(key: string) {
  const folder = await mkdtemp(join(tmpdir(), "agentos-data-"));
  const env = {
    ...keyreeve.environment,
    AGENTOS_KEYREEVE_URL: keyreeve.url,
    AGENTOS_KEYREEVE_KEY: key,
    AGENTOS_KEYREEVE_COMMAND: join(root, "keyreeve"),
    AGENTOS_DATA_DIR: folder,
  };
  try {
    return await run(process.execPath, ["dist/src/main.js"], { cwd: example, env });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Calls until nothing is left of a key's window, of which a while must be left for what follows. */
async function spend(key: string) {
  const call = () => fetch(`${keyreeve.url}/dd/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  const windowEnds = Number((await call()).headers.get("x-ratelimit-reset")) * 1_000;
  if (windowEnds - Date.now() < 20_000) await setTimeout(windowEnds - Date.now());
  while ((await call()).status !== 429);
}

// Together, since one of them mostly waits.
describe("the story", { concurrency: true }, () => {
  test("is told by the commands of README.md", async () => {
    const copy = await mkdtemp(join(tmpdir(), "agentos-readme-"));
    try {
      const left = new Set(["node_modules", "dist"]);
      await mkdir(join(copy, "examples"));
      await cp(example, join(copy, "examples/agentos"), {
        recursive: true,
        filter: (path) => !left.has(basename(path)),
      });
      for (const name of ["keyreeve", "docs"]) await symlink(join(root, name), join(copy, name));
      const readme = await readFile(join(example, "README.md"), "utf8");
      const commands = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
      assert.ok(commands.length > 0);

      const script = ["set -eu -o pipefail", ...commands].join("\n");
      const env = { ...keyreeve.environment, AGENTOS_KEYREEVE_URL: keyreeve.url };
      const { status, output, errors } = await run("bash", ["-c", script], { cwd: copy, env });

      assert.equal(status, 0, output + errors);
      assertTold(output.slice(output.indexOf("agentOS speaks")), "Harbour Lettings");
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  });

  test("ends well for a key whose limit is used up", { timeout: 300_000 }, async () => {
    const key = await issueKey("Quay Lettings", 40, scopes);
    await spend(key);

    const { status, output, errors } = await tell(key);

    assert.equal(status, 0, output + errors);
    assert.match(errors, /^auth.whoami: rate_limited, trying again in [0-9.]+ s$/m);
    assertTold(output, "Quay Lettings");
    assert.ok(!(output + errors).includes(key));
  });

  test("does not begin with a key that lacks a scope", async () => {
    const key = await issueKey("Lock Lettings", 60, scopes.slice(0, 4));

    const { status, output, errors } = await tell(key);

    assert.equal(status, 1);
    assert.match(errors, /The key lacks alerts:write, reports:read\./);
    assert.equal(output, "");
  });

  test("does not tell the key when the key is wrong", async () => {
    const key = `${(await issueKey("Dock Lettings", 60, scopes)).slice(0, -7)}0000000`;

    const { status, output, errors } = await tell(key);

    assert.equal(status, 1);
    assert.match(errors, /invalid_key/);
    assert.ok(!(output + errors).includes(key));
  });
});

test("the types that a server hands out are those that this was built with", async () => {
  const served = await fetch(`${keyreeve.url}/dd/app-router.d.ts`);

  assert.equal(await served.text(), await readFile(join(root, "docs/reference/dd/app-router.d.ts"), "utf8"));
});
