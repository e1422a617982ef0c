// A Keyreeve server for the tests, and programs that are run beside it.

import { spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../../", import.meta.url));

const keyreeve = join(root, "keyreeve");

export interface Keyreeve {
  url: string;
  /** What the environment of a program must say for `./keyreeve` to find this server. */
  environment: NodeJS.ProcessEnv;
  /** Runs a command of `./keyreeve`; answers what it shows. */
  command(...words: string[]): Promise<Record<string, string>>;
  close(): Promise<void>;
}

export async function startKeyreeve(): Promise<Keyreeve> {
  const directory = await mkdtemp(join(tmpdir(), "agentos-"));
  const environment = { ...process.env, KEYREEVE_DATA_DIR: directory };
  const child = spawn(keyreeve, ["serve", "--port", "0"], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const close = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  const url = await new Promise<string | undefined>((resolve) => {
    // Reads on to the end, so that the server never waits for a reader.
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      const address = /listens on (\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    lines.on("close", () => resolve(undefined));
  });
  if (url === undefined) {
    await close();
    throw new Error("The server ended before it had told its address.");
  }
  const command = async (...words: string[]) => {
    const { status, output, errors } = await run(keyreeve, [...words, "--output", "json"], { env: environment });
    if (status !== 0) throw new Error(errors);
    return JSON.parse(output) as Record<string, string>;
  };
  return { url, environment, command, close };
}

export interface Ended {
  status: number | null;
  output: string;
  errors: string;
}

/** Runs a program to its end. */
export async function run(program: string, words: string[], options: SpawnOptions): Promise<Ended> {
  const child = spawn(program, words, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit");
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await ended) as [number | null];
  return { status, output, errors };
}
