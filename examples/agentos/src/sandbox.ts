// The clock of a sandbox, which an operator moves by hand with ./keyreeve: no API key can.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What whoever waits for a day asks of the world. In life a timer answers it; here the sandbox does. */
export interface Calendar {
  /** The day it is in London. */
  today(): Promise<string>;
  /** Ends when that day has begun. */
  until(date: string): Promise<void>;
}

/**
 * @param command the path of ./keyreeve, which finds its server by KEYREEVE_DATA_DIR
 * @param workspace whose sandbox it is
 */
export function sandboxCalendar(command: string, workspace: string): Calendar {
  const sandbox = async (...words: string[]) => {
    const options = ["--workspace", workspace, "--output", "json"];
    const { stdout } = await promisify(execFile)(command, ["sandbox", ...words, ...options]);
    return JSON.parse(stdout) as { today: string };
  };
  return {
    today: async () => (await sandbox("clock")).today,
    until: async (date) => {
      await sandbox("advance", "--to", date);
    },
  };
}
