// How long to wait before a call is tried again: arithmetic alone, with the time and the dice handed in.

/** How a caller tries again. */
export interface Pace {
  /** How often a call is sent at most, the first time included. */
  attempts: number;
  /** How long after its first attempt a call may be sent once more, in milliseconds. */
  totalMs: number;
  /** What the back-off before the second attempt stays below, in milliseconds; before each further one it is twice that. */
  firstMs: number;
  /** What no back-off exceeds, in milliseconds. */
  mostMs: number;
}

/** A window of a limit is a minute long, so this outlasts two of them. */
export const unhurried: Pace = { attempts: 8, totalMs: 180_000, firstMs: 500, mostMs: 20_000 };

/**
 * What a Retry-After header asks for, in milliseconds: it is a number of seconds or an HTTP date (RFC 9110, section
 * 10.2.3). A header that is neither asks for nothing.
 *
 * @param now in milliseconds since 1970
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^[0-9]+$/.test(text)) return Number(text) * 1_000;
  if (!/^[A-Z][a-z]+, .+ GMT$/.test(text)) return undefined;

  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Exponential back-off with full jitter: anything from nothing to a bound that doubles with each attempt, so that
 * callers who were refused in the same moment do not come back in the same moment. What the server asks for is waited
 * out first.
 *
 * @param attempt how often the call was sent, 1 or more
 * @param asked what the server asks for, in milliseconds
 * @param random from 0 up to but not including 1
 */
export function backoffMs(attempt: number, asked: number | undefined, pace: Pace, random: () => number): number {
  const bound = Math.min(pace.mostMs, pace.firstMs * 2 ** (attempt - 1));
  return (asked ?? 0) + Math.floor(random() * bound);
}
