// What agentOS is told by its environment. The key comes from there alone: other users of a machine can see the
// arguments of a command, and whoever reads a log can see what it prints.

/** What a key needs for the whole story. */
const SCOPES = [
  "mandates:read",
  "mandates:write",
  "collections:read",
  "alerts:read",
  "alerts:write",
  "reports:read",
] as const;

export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}: README.md tells to what.`);
  return value;
}

/** Which scopes a key lacks, so that agentOS can say so at its start rather than in the middle of a run of rents. */
export function missing(scopes: readonly string[]): string[] {
  return SCOPES.filter((scope) => !scopes.includes(scope));
}
